package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.op.index.SearchSorted;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.CrossEntropyBackward;
import io.flambeau.tensor.op.loss.CtcLoss;
import io.flambeau.tensor.op.loss.CtcLossBackward;
import io.flambeau.tensor.op.math.LogCumSumExp;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.op.norm.LogSoftmax;
import io.flambeau.tensor.op.norm.LogSoftmaxBackward;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.op.norm.SoftmaxBackward;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.MaxPoolBackward;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.step.Step;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The derived operations that have kernels of their own, in F32 and F64, convolutions and dropout in half types too, and
 * those defined on the host that have one. Everything else runs by its decomposition, or on the host.
 */
final class Fused {
    private Fused() {}

    /**
     * The kernel for the operation on inputs of these specs, or null.
     *
     * @param at the device at work that a view lives on
     */
    static @Nullable Kernel find(Op op, Spec[] in, Function<View, Station> at) {
        return switch (op) {
            case LogCumSumExp l -> Rows.logCumSumExp(l, at);
            case ComplexFft f -> Transforms.complex(f, in, at);
            case RealFft f -> Transforms.real(f, in, at);
            case RealInverseFft f -> Transforms.realInverse(f, in, at);
            case CtcLoss c -> Ctc.forward(c, in, at);
            case CtcLossBackward c -> Ctc.backward(c, in, at);
            case SearchSorted search -> Rows.searchSorted(search, in, at);
            default -> uniform(op, in, at);
        };
    }

    private static @Nullable Kernel uniform(Op op, Spec[] in, Function<View, Station> at) {
        if (in.length == 0 || !isUniform(op instanceof ScaledDotProductAttentionBackward ? withoutSums(in) : in)) {
            return null;
        }
        boolean half = in[0].dtype().isHalf();
        return switch (op) {
            case Dropout d -> Training.dropout(d, at);
            case Convolution c -> Convolutions.forward(c, in, at);
            case ConvolutionInput c -> Convolutions.input(c, in, at);
            case ConvolutionWeight c -> Convolutions.weight(c, in, at);
            case Softmax s when !half -> Lines.softmax(s.axis(), false, at);
            case LogSoftmax s when !half -> Lines.softmax(s.axis(), true, at);
            case SoftmaxBackward s when !half -> Lines.softmaxBackward(s.axis(), false, at);
            case LogSoftmaxBackward s when !half -> Lines.softmaxBackward(s.axis(), true, at);
            case CrossEntropy c when !half -> CrossEntropies.forward(c, in, at);
            case CrossEntropyBackward c when !half -> CrossEntropies.backward(c.loss(), in, at);
            case LayerNorm n when !half -> Lines.layerNorm(n, at);
            case LayerNormBackward n when !half -> Lines.layerNormBackward(n, at);
            case GroupNorm n when !half -> Lines.groupNorm(n, at);
            case GroupNormBackward n when !half -> Lines.groupNormBackward(n, at);
            case BatchNorm n when !half -> Lines.batchNorm(n, at);
            case BatchNormBackward n when !half -> Lines.batchNormBackward(n, at);
            case Gelu g -> Training.gelu(g, at);
            case ActivationBackward(Gelu g) -> Training.geluBackward(g, at);
            case MaxPool p when !half -> Training.maxPool(p.pooling(), in[0], at);
            case MaxPoolBackward p when !half -> Training.maxPoolBackward(p, at);
            case AvgPool p when !half -> Training.avgPool(p, at);
            case AvgPoolBackward p when !half -> Training.avgPoolBackward(p, at);
            case EmbeddingBackward e -> Training.embeddingBackward(e, at);
            case ScaledDotProductAttention s -> Attentions.forward(s, at);
            case ScaledDotProductAttentionBackward s -> Attentions.backward(s, at);
            case Step s when !half -> Steps.of(s, at);
            default -> null;
        };
    }

    /** All but the sums of attention, which are in F32 where the rest is in half precision. */
    private static Spec[] withoutSums(Spec[] in) {
        Spec[] rest = in.clone();
        rest[5] = in[0];
        return rest;
    }

    /** Whether all floating inputs have one real floating dtype and none is empty. */
    static boolean isUniform(Spec[] in) {
        DType dtype = in[0].dtype();
        if (!dtype.isFloating()) {
            return false;
        }
        for (Spec spec : in) {
            if (spec.dtype().isDifferentiable() && spec.dtype() != dtype
                    || spec.shape().count() == 0) {
                return false;
            }
        }
        return true;
    }

    static Memory memory(View view) {
        return (Memory) view.storage().slab().handle();
    }

    /** Adds a contiguous operand: its buffer, and its first element. */
    static Arguments add(Arguments a, View view) {
        return a.buffer(memory(view)).i64(Nest.offset(view));
    }
}
