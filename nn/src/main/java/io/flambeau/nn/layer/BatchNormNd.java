package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * What the batch norms over different ranks share: weight and bias per channel, running mean and variance, and the
 * number of batches they are made of (I64).
 *
 * <p>Training normalises with the biased variance and stores the unbiased one.
 */
abstract sealed class BatchNormNd extends Module permits BatchNorm1d, BatchNorm2d, BatchNorm3d {
    /**
     * @param eps added to the variance
     * @param momentum the share of a new value in the running one; null for the mean over all batches
     * @param affine whether there are weight and bias
     * @param trackRunningStats whether running values are kept; else the batch's are used in evaluation too
     */
    public record Options(double eps, @Nullable Double momentum, boolean affine, boolean trackRunningStats) {
        public Options eps(double value) {
            return new Options(value, momentum, affine, trackRunningStats);
        }

        public Options momentum(@Nullable Double value) {
            return new Options(eps, value, affine, trackRunningStats);
        }

        public Options affine(boolean on) {
            return new Options(eps, momentum, on, trackRunningStats);
        }

        public Options trackRunningStats(boolean on) {
            return new Options(eps, momentum, affine, on);
        }
    }

    /** eps 1e-5, momentum 0.1, affine, with running statistics. */
    public static Options options() {
        return new Options(1e-5, 0.1, true, true);
    }

    private final long channels;
    private final Options options;
    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;
    private final @Nullable Tensor runningMean;
    private final @Nullable Tensor runningVar;
    private final @Nullable Tensor batches;

    BatchNormNd(long channels, Options options) {
        this.channels = channels;
        this.options = options;
        boolean tracked = options.trackRunningStats;
        this.weight = parameter("weight", options.affine ? Tensors.ones(channels) : null);
        this.bias = parameter("bias", options.affine ? Tensors.zeros(channels) : null);
        this.runningMean = buffer("running_mean", tracked ? Tensors.zeros(channels) : null);
        this.runningVar = buffer("running_var", tracked ? Tensors.ones(channels) : null);
        this.batches = buffer("num_batches_tracked", tracked ? Tensors.zeros(DType.I64) : null);
    }

    /** Whether an input of this rank is one of this layer's. */
    abstract boolean takes(int rank);

    @Override
    protected Tensor forward(Tensor input) {
        if (!takes(input.rank())) {
            throw new ShapeException(
                    title(), "cannot normalise an input of shape " + input.shape(), Fault.SHAPE_MISMATCH);
        }
        boolean training = isTraining() || runningMean == null;
        double share = options.momentum == null ? 0 : options.momentum;
        if (isTraining() && batches != null) {
            Tensors.noGrad(() -> {
                batches.add_(1);
            });
            if (options.momentum == null) {
                share = 1.0 / batches.itemLong();
            }
        }
        return F.batchNorm(input, runningMean, runningVar, weight, bias, training, share, options.eps);
    }

    @Override
    protected String describe() {
        return channels + ", eps=" + options.eps + ", momentum=" + options.momentum;
    }
}
