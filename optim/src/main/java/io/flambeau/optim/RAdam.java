package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Liu et al., <em>On the variance of the adaptive learning rate and beyond</em>, 2019.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RAdam.html">torch.optim.RAdam</a>
 */
public final class RAdam extends PerParameter {
    public RAdam(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "RAdam",
                "lr",
                1e-3,
                "betas",
                List.of(0.9, 0.999),
                "eps",
                1e-8,
                "weight_decay",
                0.0,
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
        Tensor g = gradient;
        if (group.flag("decoupled_weight_decay")) {
            p.mul_(1 - group.lr() * group.real("weight_decay"));
        } else {
            g = decayed(group, p, gradient);
        }
        Tensor mean = remembered(state, "exp_avg", p, 0);
        Tensor square = remembered(state, "exp_avg_sq", p, 0);
        mean.mul_(beta1).add_(g.mul(1 - beta1));
        square.mul_(beta2).add_(g.square().mul(1 - beta2));
        double power = Math.pow(beta2, step);
        Tensor corrected = mean.div(1 - Math.pow(beta1, step));
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * step * power / (1 - power);
        // Below a length of 5 the variance of the adaptive rate has no closed form, and the step is plain momentum.
        if (length > 5) {
            double rectified =
                    Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            Tensor adaptive = square.sqrt().add(group.real("eps")).rdiv(Math.sqrt(1 - power));
            corrected = corrected.mul(adaptive).mul(rectified);
        }
        p.sub_(corrected.mul(group.lr()));
    }
}
