package io.flambeau.examples;

import io.flambeau.autograd.Graph;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** The graph of w = (x + 3)^2 - 4: built by calculating, walked by backward. */
public final class QuadraticGraph {
    private QuadraticGraph() {}

    public static void main(String[] args) {
        Tensor x = Tensors.scalar(2.0).requiresGrad(true);
        Tensor w = x.add(3).pow(2).sub(4);
        System.out.println("w = " + w.item());
        System.out.println(Graph.dump(w));
        w.backward();
        System.out.println("dw/dx = " + x.grad().item());
    }
}
