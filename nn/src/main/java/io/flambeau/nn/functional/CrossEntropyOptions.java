package io.flambeau.nn.functional;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * How classes count in a cross entropy or a negative log likelihood.
 *
 * @param weight a weight for each class, or null
 * @param ignoreIndex the target that does not count
 * @param labelSmoothing the share of each target that goes evenly to all classes; only of the cross entropy
 * @param reduction how the losses become one
 */
public record CrossEntropyOptions(
        @Nullable Tensor weight, long ignoreIndex, double labelSmoothing, Reduction reduction) {
    private static final CrossEntropyOptions DEFAULT = new CrossEntropyOptions(null, -100, 0, Reduction.MEAN);

    public static CrossEntropyOptions options() {
        return DEFAULT;
    }

    public CrossEntropyOptions weight(@Nullable Tensor weight) {
        return new CrossEntropyOptions(weight, ignoreIndex, labelSmoothing, reduction);
    }

    public CrossEntropyOptions ignoreIndex(long index) {
        return new CrossEntropyOptions(weight, index, labelSmoothing, reduction);
    }

    public CrossEntropyOptions labelSmoothing(double share) {
        return new CrossEntropyOptions(weight, ignoreIndex, share, reduction);
    }

    public CrossEntropyOptions reduction(Reduction reduction) {
        return new CrossEntropyOptions(weight, ignoreIndex, labelSmoothing, reduction);
    }
}
