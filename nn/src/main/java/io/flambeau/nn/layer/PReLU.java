package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/**
 * x, or a learned slope times x below 0; one slope, or one for each channel.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.PReLU.html">torch.nn.PReLU</a>
 */
public final class PReLU extends Module {
    private final Tensor weight;

    public PReLU() {
        this(1, 0.25);
    }

    /**
     * @param slopes 1, or the number of channels
     * @param first what the slopes start with
     */
    public PReLU(long slopes, double first) {
        this.weight = parameter("weight", Init.constant(Tensors.empty(slopes), first));
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.prelu(input, weight);
    }

    @Override
    protected String describe() {
        return "slopes=" + weight.count();
    }
}
