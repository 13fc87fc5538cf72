package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Dozat, <em>Incorporating Nesterov momentum into Adam</em>, 2016.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.NAdam.html">torch.optim.NAdam</a>
 */
public final class NAdam extends PerParameter {
    public NAdam(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "NAdam",
                "lr",
                2e-3,
                "betas",
                List.of(0.9, 0.999),
                "eps",
                1e-8,
                "weight_decay",
                0.0,
                "momentum_decay",
                4e-3,
                "decoupled_weight_decay",
                false,
                "maximize",
                false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        double step = state.nextStep();
        double beta1 = group.real("betas", 0);
        double beta2 = group.real("betas", 1);
        double decay = group.real("momentum_decay");
        Tensor g = gradient;
        if (group.flag("decoupled_weight_decay")) {
            p.mul_(1 - group.lr() * group.real("weight_decay"));
        } else {
            g = decayed(group, p, gradient);
        }
        double now = beta1 * (1 - 0.5 * Math.pow(0.96, step * decay));
        double next = beta1 * (1 - 0.5 * Math.pow(0.96, (step + 1) * decay));
        // PyTorch keeps the product in F32, for parameters of F64 too.
        double product = (float) state.number("mu_product", 1) * (float) now;
        state.put("mu_product", product);
        Tensor mean = remembered(state, "exp_avg", p, 0);
        Tensor square = remembered(state, "exp_avg_sq", p, 0);
        mean.mul_(beta1).add_(g.mul(1 - beta1));
        square.mul_(beta2).add_(g.square().mul(1 - beta2));
        Tensor scale = square.div(1 - Math.pow(beta2, step)).sqrt().add(group.real("eps"));
        p.sub_(g.div(scale).mul(group.lr() * (1 - now) / (1 - product)));
        p.sub_(mean.div(scale).mul(group.lr() * next / (1 - product * next)));
    }
}
