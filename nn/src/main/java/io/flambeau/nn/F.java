package io.flambeau.nn;

/**
 * The functions of {@code torch.nn.functional} under their names in camelCase.
 *
 * <p>Note [One name, many files]: the functions are inherited from one package-private class for each family, so that
 * users see one {@code F} and no file holds more than a family.
 *
 * <pre>{@code
 * Tensor y = F.conv2d(x, weight, bias, ConvOptions.options().stride(2).padding(1));
 * Tensor loss = F.crossEntropy(logits, target);
 * }</pre>
 */
public final class F extends ImageFunctions {
    private F() {}
}
