package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Zeiler, <em>Adadelta: an adaptive learning rate method</em>, 2012.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adadelta.html">torch.optim.Adadelta</a>
 */
public final class Adadelta extends PerParameter {
    public Adadelta(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of("Adadelta", "lr", 1.0, "rho", 0.9, "eps", 1e-6, "weight_decay", 0.0, "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        state.nextStep();
        double rho = group.real("rho");
        double eps = group.real("eps");
        Tensor g = decayed(group, p, gradient);
        Tensor square = remembered(state, "square_avg", p, 0);
        Tensor delta = remembered(state, "acc_delta", p, 0);
        square.mul_(rho).add_(g.square().mul(1 - rho));
        Tensor d = delta.add(eps).sqrt().div(square.add(eps).sqrt()).mul(g);
        delta.mul_(rho).add_(d.square().mul(1 - rho));
        p.sub_(d.mul(group.lr()));
    }
}
