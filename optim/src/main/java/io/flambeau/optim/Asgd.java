package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Polyak and Juditsky, <em>Acceleration of stochastic approximation by averaging</em>, 1992. The average is kept in
 * the state under {@code ax}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.ASGD.html">torch.optim.ASGD</a>
 */
public final class Asgd extends PerParameter {
    public Asgd(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Asgd", "lr", 1e-2, "lambd", 1e-4, "alpha", 0.75, "t0", 1e6, "weight_decay", 0.0, "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        double step = state.nextStep();
        double lambda = group.real("lambd");
        double eta = state.number("eta", (float) group.lr());
        double share = state.number("mu", 1);
        Tensor g = decayed(group, p, gradient);
        Tensor average = remembered(state, "ax", p, 0);
        p.mul_(1 - lambda * eta);
        p.sub_(g.mul(eta));
        if (share == 1) {
            average.copy_(p);
        } else {
            average.add_(p.sub(average).mul(share));
        }
        // PyTorch keeps both in F32, for parameters of F64 too.
        state.put("eta", (double) (float) (group.lr() / Math.pow(1 + lambda * group.lr() * step, group.real("alpha"))));
        state.put("mu", (double) (float) (1 / Math.max(1, step - group.real("t0"))));
    }
}
