package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.NormOptions;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/**
 * What the batch norms over different ranks share. Training normalises with the biased variance and stores the unbiased
 * one.
 */
abstract sealed class BatchNormNd extends RunningNorm permits BatchNorm1d, BatchNorm2d, BatchNorm3d {
    /** Whether running values are means over all batches, whatever the options say; see {@link BatchNorms}. */
    boolean cumulative;

    BatchNormNd(long channels, NormOptions options) {
        super(channels, options);
    }

    /** eps 1e-5, momentum 0.1, affine, with running statistics. */
    public static NormOptions options() {
        return new NormOptions(1e-5, 0.1, true, true, true);
    }

    /** Whether an input of this rank is one of this layer's. */
    abstract boolean takes(int rank);

    @Override
    protected final Tensor forward(Tensor input) {
        if (!takes(input.rank()) || !fits(input, 1)) {
            throw refused(input);
        }
        boolean training = isTraining() || runningMean == null;
        Double momentum = cumulative ? null : options.momentum();
        double share = momentum == null ? 0 : momentum;
        if (isTraining() && batches != null) {
            Tensors.noGrad(() -> {
                batches.add_(1);
            });
            if (momentum == null) {
                share = 1.0 / batches.itemLong();
            }
        }
        return F.batchNorm(input, runningMean, runningVar, weight, bias, training, share, options.eps());
    }
}
