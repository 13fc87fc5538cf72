package io.flambeau.nn.loss;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.TripletOptions;
import io.flambeau.tensor.Tensor;
import java.util.function.BinaryOperator;

/**
 * As {@link TripletMarginLoss}, with a distance of one's own.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginWithDistanceLoss.html">torch.nn.TripletMarginWithDistanceLoss</a>
 */
public final class TripletMarginWithDistanceLoss extends Module {
    private final BinaryOperator<Tensor> distance;
    private final TripletOptions options;

    /** The Euclidean distance. */
    public TripletMarginWithDistanceLoss(TripletOptions options) {
        this(F::pairwiseDistance, options);
    }

    /**
     * @param options margin, swap and reduction are used
     */
    public TripletMarginWithDistanceLoss(BinaryOperator<Tensor> distance, TripletOptions options) {
        this.distance = distance;
        this.options = options;
    }

    /** Computes the loss, as a scope of memory of its own. */
    public Tensor call(Tensor anchor, Tensor positive, Tensor negative) {
        return scoped(anchor, x -> F.tripletMarginWithDistanceLoss(x, positive, negative, distance, options));
    }
}
