package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * x1 A x2 + b over the last axes: weight [out, in1, in2], bias [out].
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Bilinear.html">torch.nn.Bilinear</a>
 */
public final class Bilinear extends Module {
    private final Tensor weight;
    private final @Nullable Tensor bias;

    public Bilinear(long in1, long in2, long out) {
        this(in1, in2, out, true);
    }

    public Bilinear(long in1, long in2, long out, boolean withBias) {
        this.weight = parameter("weight", Init.uniformFan(Tensors.empty(out, in1, in2), in1));
        this.bias = parameter("bias", withBias ? Init.uniformFan(Tensors.empty(out), in1) : null);
    }

    /** Computes the form of both inputs. */
    public Tensor call(Tensor first, Tensor second) {
        return scoped(first, x -> F.bilinear(x, second, weight, bias));
    }
}
