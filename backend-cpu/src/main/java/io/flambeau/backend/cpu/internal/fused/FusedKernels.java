package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Selection;
import io.flambeau.backend.cpu.internal.Strided;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.TopK;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.activation.Smooth;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.embedding.Embedding;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.CrossEntropyBackward;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.BatchNormInference;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.op.norm.LogSoftmax;
import io.flambeau.tensor.op.norm.LogSoftmaxBackward;
import io.flambeau.tensor.op.norm.RmsNorm;
import io.flambeau.tensor.op.norm.RmsNormBackward;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.op.norm.SoftmaxBackward;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.MaxPoolBackward;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.recurrent.Gru;
import io.flambeau.tensor.op.recurrent.GruBackward;
import io.flambeau.tensor.op.recurrent.Lstm;
import io.flambeau.tensor.op.recurrent.LstmBackward;
import io.flambeau.tensor.op.step.Step;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The derived operations that have a kernel of their own, nearly all in F32 alone. Everything else, and every other dtype, runs by its
 * decomposition: half precision is widened by the operation itself, and F64 serves checks rather than training.
 */
public final class FusedKernels {
    private FusedKernels() {}

    /** The kernel for the operation on inputs of these specs, or null. */
    public static @Nullable Kernel find(Op op, Spec[] in) {
        if (op instanceof TopK top) {
            // What is wider is sorted.
            return in[0].dtype().bytes() > 4
                    ? null
                    : (x, out) ->
                            Selection.run(top.largest(), Strided.of(x[0]), Strided.of(out[0]), Strided.of(out[1]));
        }
        if (in.length == 0 || in[0].dtype() != DType.F32) {
            return null;
        }
        for (Spec spec : in) {
            if (spec.dtype().isDifferentiable() && spec.dtype() != DType.F32
                    || spec.shape().count() == 0) {
                return null;
            }
        }
        return switch (op) {
            case Softmax s -> Softmaxes.softmax(s.axis(), in[0]);
            case SoftmaxBackward s -> Softmaxes.softmaxBackward(s.axis(), in[1]);
            case LogSoftmax s -> Softmaxes.logSoftmax(s.axis(), in[0]);
            case LogSoftmaxBackward s -> Softmaxes.logSoftmaxBackward(s.axis(), in[1]);
            case CrossEntropy c -> CrossEntropies.forward(c, in);
            case CrossEntropyBackward c -> CrossEntropies.backward(c.loss(), in);
            case Linear l -> Linears.forward(l);
            case LayerNorm n -> LayerNorms.forward(n);
            case LayerNormBackward n -> LayerNorms.backward(n);
            case BatchNorm n -> BatchNorms.forward(n, in[0]);
            case BatchNormBackward n -> BatchNorms.backward(n, in[1]);
            case BatchNormInference n -> BatchNorms.inference(n, in[0]);
            case GroupNorm n -> GroupNorms.forward(n, in[0].shape());
            case GroupNormBackward n -> GroupNorms.backward(n, in[1].shape());
            case RmsNorm n -> LayerNorms.rms(n);
            case RmsNormBackward n -> LayerNorms.backward(n.axes(), false, n.weight());
            case Gelu g -> Activations.gelu(g);
            case Smooth s -> Activations.smooth(s);
            case ActivationBackward a -> Activations.backward(a.of());
            case Convolution c -> Convolutions.forward(c, in);
            case ConvolutionInput c -> Convolutions.input(c, in);
            case ConvolutionWeight c -> Convolutions.weight(c, in);
            case MaxPool p -> Pools.max(p.pooling(), in[0]);
            case MaxPoolBackward p -> Pools.maxBackward(p.sizes());
            case AvgPool p -> Pools.average(p, in[0]);
            case AvgPoolBackward p -> Pools.averageBackward(p, in[0]);
            case Embedding _ -> Embeddings.forward();
            case EmbeddingBackward e -> Embeddings.backward(e);
            case ScaledDotProductAttention a -> Attentions.forward(a.attention(), in);
            case ScaledDotProductAttentionBackward a -> Attentions.backward(a.attention(), in);
            case Dropout d -> Dropouts.run(d);
            case Lstm r -> Lstms.forward(r, in[0].shape());
            case LstmBackward r -> Lstms.backward(r.forward(), in[5].shape());
            case Gru r -> Grus.forward(r, in[0].shape());
            case GruBackward r -> Grus.backward(r.forward(), in[3].shape());
            case Step s -> Steps.of(s);
            default -> null;
        };
    }
}
