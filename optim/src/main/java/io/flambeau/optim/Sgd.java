package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, optionally Nesterov's. The first momentum is the gradient itself;
 * the velocity does not include the learning rate.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</a>
 */
public final class Sgd extends PerParameter {
    public Sgd(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Sgd",
                "lr", 1e-3,
                "momentum", 0.0,
                "dampening", 0.0,
                "weight_decay", 0.0,
                "nesterov", false,
                "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        double momentum = group.real("momentum");
        Tensor d = decayed(group, p, gradient);
        if (momentum != 0) {
            boolean first = !state.has("momentum_buffer");
            Tensor velocity = remembered(state, "momentum_buffer", p, 0);
            if (first) {
                velocity.copy_(d);
            } else {
                velocity.mul_(momentum).add_(d.mul(1 - group.real("dampening")));
            }
            d = group.flag("nesterov") ? d.add(velocity.mul(momentum)) : velocity;
        }
        p.sub_(d.mul(group.lr()));
    }
}
