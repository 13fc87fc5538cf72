package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.TripletOptions;
import io.flambeau.tensor.Tensor;

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginLoss.html">torch.nn.TripletMarginLoss</a>
 */
public final class TripletMarginLoss extends Module {
    private final TripletOptions options;

    public TripletMarginLoss() {
        this(TripletOptions.options());
    }

    public TripletMarginLoss(TripletOptions options) {
        this.options = options;
    }

    /** Computes the loss, as a scope of memory of its own. */
    public Tensor call(Tensor anchor, Tensor positive, Tensor negative) {
        return scoped(anchor, x -> F.tripletMarginLoss(x, positive, negative, options));
    }
}
