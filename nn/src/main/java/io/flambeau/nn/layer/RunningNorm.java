package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.nn.functional.NormOptions;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * What batch and instance norm share: weight and bias per channel, running mean and variance, and the number of batches
 * they are made of (I64).
 */
abstract sealed class RunningNorm extends Module permits BatchNormNd, InstanceNormNd {
    final NormOptions options;
    final @Nullable Tensor weight;
    final @Nullable Tensor bias;
    final @Nullable Tensor runningMean;
    final @Nullable Tensor runningVar;
    final @Nullable Tensor batches;
    private final long channels;

    RunningNorm(long channels, NormOptions options) {
        this.channels = channels;
        this.options = options;
        boolean tracked = options.trackRunningStats();
        this.weight = parameter("weight", options.affine() ? Tensors.ones(channels) : null);
        this.bias = parameter("bias", options.affine() && options.bias() ? Tensors.zeros(channels) : null);
        this.runningMean = buffer("running_mean", tracked ? Tensors.zeros(channels) : null);
        this.runningVar = buffer("running_var", tracked ? Tensors.ones(channels) : null);
        this.batches = buffer("num_batches_tracked", tracked ? Tensors.zeros(DType.I64) : null);
    }

    final ShapeException refused(Tensor input) {
        return new ShapeException(
                title(),
                "cannot normalise an input of shape " + input.shape() + " with " + channels + " channels",
                Fault.SHAPE_MISMATCH);
    }

    /** Whether the input has this module's channels along the axis. */
    final boolean fits(Tensor input, int axis) {
        return input.size(axis) == channels;
    }

    @Override
    protected final String describe() {
        return channels + ", eps=" + options.eps() + ", momentum=" + options.momentum() + ", affine=" + options.affine()
                + ", trackRunningStats=" + options.trackRunningStats();
    }
}
