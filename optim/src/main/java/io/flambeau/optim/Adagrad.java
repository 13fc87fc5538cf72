package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Duchi, Hazan and Singer, <em>Adaptive subgradient methods</em>, 2011.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html">torch.optim.Adagrad</a>
 */
public final class Adagrad extends PerParameter {
    public Adagrad(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Adagrad",
                "lr", 1e-2,
                "lr_decay", 0.0,
                "weight_decay", 0.0,
                "initial_accumulator_value", 0.0,
                "eps", 1e-10,
                "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        double step = state.nextStep();
        Tensor g = decayed(group, p, gradient);
        Tensor sum = remembered(state, "sum", p, group.real("initial_accumulator_value"));
        sum.add_(g.square());
        double lr = group.lr() / (1 + (step - 1) * group.real("lr_decay"));
        p.sub_(g.div(sum.sqrt().add(group.real("eps"))).mul(lr));
    }
}
