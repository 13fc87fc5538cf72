package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Hinton's RMSprop, optionally centered and with momentum.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">torch.optim.RMSprop</a>
 */
public final class RmsProp extends PerParameter {
    public RmsProp(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "RmsProp",
                "lr", 1e-2,
                "alpha", 0.99,
                "eps", 1e-8,
                "weight_decay", 0.0,
                "momentum", 0.0,
                "centered", false,
                "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        state.nextStep();
        double alpha = group.real("alpha");
        Tensor g = decayed(group, p, gradient);
        Tensor square = remembered(state, "square_avg", p, 0);
        square.mul_(alpha).add_(g.square().mul(1 - alpha));
        Tensor variance = square;
        if (group.flag("centered")) {
            Tensor mean = remembered(state, "grad_avg", p, 0);
            mean.mul_(alpha).add_(g.mul(1 - alpha));
            variance = square.sub(mean.square());
        }
        Tensor d = g.div(variance.sqrt().add(group.real("eps")));
        if (group.real("momentum") > 0) {
            Tensor velocity = remembered(state, "momentum_buffer", p, 0);
            velocity.mul_(group.real("momentum")).add_(d);
            d = velocity;
        }
        p.sub_(d.mul(group.lr()));
    }
}
