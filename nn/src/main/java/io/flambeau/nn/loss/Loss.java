package io.flambeau.nn.loss;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/** A module of an input and a target. */
public abstract class Loss extends Module {
    /** A loss without options. */
    protected Loss() {}

    /** The loss of an input against a target. */
    protected abstract Tensor forward(Tensor input, Tensor target);

    /** Computes the loss, as a scope of memory of its own. */
    public final Tensor call(Tensor input, Tensor target) {
        return scoped(input, x -> forward(x, target));
    }
}
