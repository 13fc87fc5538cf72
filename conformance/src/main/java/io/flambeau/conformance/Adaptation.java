package io.flambeau.conformance;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.catalog.Catalogs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a golden case is called where its arguments are not in the order of PyTorch's signature. */
@FunctionalInterface
interface Adaptation {
    @Nullable Object call(GoldenCase c, List<@Nullable Object> positional, Map<String, @Nullable Object> named);

    static Adaptation of(GoldenCase c) {
        return switch (c.op()) {
            // (input, condition, other), (input, n) and (tensors, equation)
            case "where", "polygamma", "special.polygamma", "einsum" -> Adaptation::swapped;
            // (weight, indices)
            case "nn.functional.embedding" -> Adaptation::swapped;
            // A leaf that requires grad cannot be overwritten.
            case "zero_" ->
                (golden, positional, named) -> {
                    positional.set(0, ((Tensor) Objects.requireNonNull(positional.getFirst())).clone());
                    return Catalogs.call(golden.op(), positional, named);
                };
            // PyTorch's device is the one under test.
            case "to" ->
                (golden, positional, named) -> {
                    positional.replaceAll(
                            v -> "cpu".equals(v) ? Tensors.defaultDevice().toString() : v);
                    return Catalogs.call(golden.op(), positional, named);
                };
            // pinv(a @ bᵀ) of its two arguments
            case "linalg.pinv" -> c.variant().equals("singular") ? Adaptation::ofProduct : Adaptation::plain;
            // the solution and the residuals alone
            case "linalg.lstsq" -> c.variant().equals("grad_oriented") ? Adaptation::firstTwo : Adaptation::plain;
            default -> Adaptation::plain;
        };
    }

    private static @Nullable Object plain(
            GoldenCase c, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        return Catalogs.call(c.op(), positional, named);
    }

    private static @Nullable Object ofProduct(
            GoldenCase c, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        Tensor product = ((Tensor) positional.get(0)).matmul(((Tensor) positional.get(1)).mT());
        return Catalogs.call(c.op(), List.of(product), named);
    }

    private static @Nullable Object firstTwo(
            GoldenCase c, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        return Arrays.copyOf((Tensor[]) Catalogs.call(c.op(), positional, named), 2);
    }

    private static @Nullable Object swapped(
            GoldenCase c, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        List<@Nullable Object> inOrder = new ArrayList<>(positional);
        inOrder.set(0, positional.get(1));
        inOrder.set(1, positional.get(0));
        return Catalogs.call(c.op(), inOrder, named);
    }
}
