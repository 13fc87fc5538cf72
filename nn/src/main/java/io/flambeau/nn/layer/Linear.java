package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * x W^T + b over the last axis: [..., in] to [..., out]. Weight [out, in] and bias [out] start uniform in
 * +-1 / sqrt(in).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a>
 */
public final class Linear extends Module {
    private final long in;
    private final long out;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    public Linear(long in, long out) {
        this(in, out, true);
    }

    /**
     * @param withBias whether a bias is added
     */
    public Linear(long in, long out, boolean withBias) {
        this.in = in;
        this.out = out;
        this.weight = parameter("weight", Init.uniformFan(Tensors.empty(out, in), in));
        this.bias = parameter("bias", withBias ? Init.uniformFan(Tensors.empty(out), in) : null);
    }

    public Tensor weight() {
        return weight;
    }

    public @Nullable Tensor bias() {
        return bias;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.linear(input, weight, bias);
    }

    @Override
    protected String describe() {
        return "in=" + in + ", out=" + out + ", bias=" + (bias != null);
    }
}
