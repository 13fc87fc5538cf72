package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Loshchilov and Hutter, <em>Decoupled weight decay regularization</em>, 2017: Adam whose decay is not part of the
 * gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a>
 */
public final class AdamW extends PerParameter {
    public AdamW(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "AdamW",
                "lr", 1e-3,
                "betas", List.of(0.9, 0.999),
                "eps", 1e-8,
                "weight_decay", 1e-2,
                "amsgrad", false,
                "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        double step = state.nextStep();
        double beta1 = group.real("betas", 0);
        double beta2 = group.real("betas", 1);
        Tensor g = gradient;
        p.mul_(1 - group.lr() * group.real("weight_decay"));
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
