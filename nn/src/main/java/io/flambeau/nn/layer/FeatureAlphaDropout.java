package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;

/**
 * Alpha dropout of whole channels.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.FeatureAlphaDropout.html">torch.nn.FeatureAlphaDropout</a>
 */
public final class FeatureAlphaDropout extends Module {
    private final double p;

    public FeatureAlphaDropout() {
        this(0.5);
    }

    /**
     * @param p the probability of being dropped
     */
    public FeatureAlphaDropout(double p) {
        this.p = p;
    }

    @Override
    protected Tensor forward(Tensor input) {
        return F.featureAlphaDropout(input, p, isTraining());
    }

    @Override
    protected String describe() {
        return "p=" + p;
    }
}
