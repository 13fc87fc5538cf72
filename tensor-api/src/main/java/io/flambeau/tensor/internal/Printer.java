package io.flambeau.tensor.internal;

import io.flambeau.tensor.Tensor;

/** Prints tensors as PyTorch does. */
public final class Printer {
    private Printer() {}

    public static String print(Tensor x) {
        return "tensor" + x.shape() + " " + x.dtype() + " on " + x.device();
    }
}
