package io.flambeau.examples;

import io.flambeau.autograd.Function;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** An operation with a gradient of one's own: it passes the gradient on except where x is 3. */
public final class CustomFunction {
    private CustomFunction() {}

    public static void main(String[] args) {
        Function exceptAtThree = Function.of("exceptAtThree", Tensor::clone, (g, x) -> g.mul(x.ne(3)));
        Tensor x = Tensors.of(new float[] {1, 2, 3, 4}).requiresGrad(true);
        exceptAtThree.apply(x).sum().backward();
        System.out.println(x.grad());
    }
}
