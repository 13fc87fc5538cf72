package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Mixes the channels of groups.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ChannelShuffle.html">torch.nn.ChannelShuffle</a>
 */
public final class ChannelShuffle extends Module {
    private final long groups;

    public ChannelShuffle(long groups) {
        this.groups = groups;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.channelShuffle(input, groups);
    }

    @Override
    protected String describe() {
        return "groups=" + groups;
    }
}
