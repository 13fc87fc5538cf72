package io.flambeau.examples;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Making tensors, calculating with them, and looking at them. */
public final class TensorsAndPrinting {
    private TensorsAndPrinting() {}

    public static void main(String[] args) {
        Tensor x = Tensors.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        Tensor column = Tensors.of(new float[][] {{10}, {20}});
        System.out.println(x);
        System.out.println(x.add(column));
        System.out.println(x.matmul(x.t()));
        System.out.println(x.mean(1));
        System.out.println(Tensors.arange(10).reshape(2, 5).slice(1, 0, 5, 2));
        System.out.println(x.gt(2));
    }
}
