package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done with batch norms after training: their statistics are taken anew, or they become part of the layer before.
 *
 * <pre>{@code
 * average.with(() -> BatchNorms.updateBn(inputs, model));       // averaged weights have other statistics
 * Conv2d one = BatchNorms.fuseConvBnEval(conv, norm);           // both in evaluation
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.swa_utils.update_bn.html">update_bn</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.fuse_conv_bn_eval.html">fuse_conv_bn_eval</a>
 */
public final class BatchNorms {
    private BatchNorms() {}

    /**
     * Takes the running mean and variance of all batch norms anew: the mean over these batches, each with the same share.
     * The model runs in training mode without gradients, and is in its mode from before at the end. A model without
     * running statistics does not run.
     *
     * @param inputs batches, as the model takes them
     */
    public static void updateBn(Iterable<Tensor> inputs, Module model) {
        List<BatchNormNd> norms = model.namedModules().values().stream()
                .filter(BatchNormNd.class::isInstance)
                .map(BatchNormNd.class::cast)
                .filter(norm -> norm.batches != null)
                .toList();
        if (norms.isEmpty()) {
            return;
        }
        boolean training = model.isTraining();
        model.train();
        norms.forEach(BatchNorms::begin);
        try {
            for (Tensor input : inputs) {
                Tensors.noGrad(() -> {
                    try (Scope _ = Scope.open("updateBn")) {
                        model.call(input);
                    }
                });
            }
        } finally {
            norms.forEach(norm -> norm.cumulative = false);
            model.train(training);
        }
    }

    private static void begin(BatchNormNd norm) {
        norm.cumulative = true;
        Tensors.noGrad(() -> {
            fill(norm.runningMean, 0);
            fill(norm.runningVar, 1);
            fill(norm.batches, 0);
        });
    }

    private static void fill(@Nullable Tensor statistic, double value) {
        if (statistic != null) {
            statistic.fill_(value);
        }
    }

    /**
     * A convolution with bias that does what this one does with the norm behind it, both in evaluation; the two stay as
     * they are.
     */
    public static Conv1d fuseConvBnEval(Conv1d conv, BatchNorm1d norm) {
        return fused(conv, (Conv1d) conv.withBias(), norm);
    }

    /** As {@link #fuseConvBnEval(Conv1d, BatchNorm1d)}. */
    public static Conv2d fuseConvBnEval(Conv2d conv, BatchNorm2d norm) {
        return fused(conv, (Conv2d) conv.withBias(), norm);
    }

    /** As {@link #fuseConvBnEval(Conv1d, BatchNorm1d)}. */
    public static Conv3d fuseConvBnEval(Conv3d conv, BatchNorm3d norm) {
        return fused(conv, (Conv3d) conv.withBias(), norm);
    }

    private static <C extends ConvNd> C fused(C conv, C into, BatchNormNd norm) {
        Tensor mean = norm.runningMean;
        Tensor var = norm.runningVar;
        if (conv.isTraining() || norm.isTraining() || mean == null || var == null) {
            throw new ArgumentException(
                    "fuseConvBnEval",
                    mean == null
                            ? "the norm has no running statistics; make it with trackRunningStats"
                            : "the convolution and the norm must be in evaluation; call eval() of both",
                    Fault.BAD_ARGUMENT);
        }
        Tensors.noGrad(() -> {
            Tensor factor = var.add(norm.options.eps()).rsqrt();
            if (norm.weight != null) {
                factor = factor.mul(norm.weight);
            }
            Tensor shift = mean.neg();
            if (conv.bias != null) {
                shift = shift.add(conv.bias);
            }
            shift = shift.mul(factor);
            if (norm.bias != null) {
                shift = shift.add(norm.bias);
            }
            long[] each = new long[conv.weight.rank()];
            Arrays.fill(each, 1);
            each[0] = -1;
            into.weight.copy_(conv.weight.mul(factor.reshape(each)));
            Objects.requireNonNull(into.bias).copy_(shift);
        });
        into.eval();
        return into;
    }
}
