package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Normalises groups of channels of [batch, channels, ...], with a weight and a bias per channel.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html">torch.nn.GroupNorm</a>
 */
public final class GroupNorm extends Module {
    private final long groups;
    private final long channels;
    private final double eps;
    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;

    public GroupNorm(long groups, long channels) {
        this(groups, channels, 1e-5, true, true);
    }

    /**
     * @param affine whether there is a weight
     * @param withBias whether there is a bias too
     */
    public GroupNorm(long groups, long channels, double eps, boolean affine, boolean withBias) {
        if (groups <= 0 || channels % groups != 0) {
            throw new ArgumentException(
                    "GroupNorm", channels + " channels do not divide into " + groups + " groups", Fault.BAD_ARGUMENT);
        }
        this.groups = groups;
        this.channels = channels;
        this.eps = eps;
        this.weight = parameter("weight", affine ? Tensors.ones(channels) : null);
        this.bias = parameter("bias", affine && withBias ? Tensors.zeros(channels) : null);
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.groupNorm(input, groups, weight, bias, eps);
    }

    @Override
    protected String describe() {
        return groups + ", " + channels + ", eps=" + eps;
    }
}
