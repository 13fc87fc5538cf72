package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Kingma and Ba, <em>Adam: a method for stochastic optimization</em>, 2014; eps is added after the correction.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</a>
 */
public final class Adam extends PerParameter {
    public Adam(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Adam",
                "lr", 1e-3,
                "betas", List.of(0.9, 0.999),
                "eps", 1e-8,
                "weight_decay", 0.0,
                "amsgrad", false,
                "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        double step = state.nextStep();
        double beta1 = group.real("betas", 0);
        double beta2 = group.real("betas", 1);
        Tensor g = decayed(group, p, gradient);
        Tensor mean = remembered(state, "exp_avg", p, 0);
        Tensor square = remembered(state, "exp_avg_sq", p, 0);
        mean.mul_(beta1).add_(g.mul(1 - beta1));
        square.mul_(beta2).add_(g.mul(g.conj()).mul(1 - beta2));
        Tensor largest = square;
        if (group.flag("amsgrad")) {
            largest = remembered(state, "max_exp_avg_sq", p, 0);
            largest.copy_(largest.maximum(square));
        }
        double correction = Math.sqrt(1 - Math.pow(beta2, step));
        Tensor scale = largest.sqrt().div(correction).add(group.real("eps"));
        p.sub_(mean.div(scale).mul(group.lr() / (1 - Math.pow(beta1, step))));
    }
}
