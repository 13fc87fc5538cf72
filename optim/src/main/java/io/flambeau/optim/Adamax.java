package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * The variant of Adam with the infinity norm, from the same paper.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adamax.html">torch.optim.Adamax</a>
 */
public final class Adamax extends PerParameter {
    public Adamax(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Adamax",
                "lr",
                2e-3,
                "betas",
                List.of(0.9, 0.999),
                "eps",
                1e-8,
                "weight_decay",
                0.0,
                "maximize",
                false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        double step = state.nextStep();
        double beta1 = group.real("betas", 0);
        Tensor g = decayed(group, p, gradient);
        Tensor mean = remembered(state, "exp_avg", p, 0);
        Tensor norm = remembered(state, "exp_inf", p, 0);
        mean.mul_(beta1).add_(g.mul(1 - beta1));
        norm.copy_(norm.mul(group.real("betas", 1)).maximum(g.abs().add(group.real("eps"))));
        p.sub_(mean.div(norm).mul(group.lr() / (1 - Math.pow(beta1, step))));
    }
}
