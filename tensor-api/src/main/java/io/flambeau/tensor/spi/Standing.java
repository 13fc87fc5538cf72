package io.flambeau.tensor.spi;

import io.flambeau.tensor.Tensor;

/** The symbol of a tensor that stands for another one, whose history is its own: an element of a batch. */
public interface Standing {
    /** The tensor it stands for. */
    Tensor target();

    /** A tensor that stands for the target without its history. */
    Tensor detached();
}
