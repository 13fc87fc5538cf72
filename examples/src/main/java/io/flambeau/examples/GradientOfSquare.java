package io.flambeau.examples;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** The gradient of x squared at 3. */
public final class GradientOfSquare {
    private GradientOfSquare() {}

    public static void main(String[] args) {
        Tensor x = Tensors.scalar(3.0).requiresGrad(true);
        Tensor y = x.mul(x);
        y.backward();
        System.out.println("y = " + y.item() + ", dy/dx = " + x.grad().item());
    }
}
