package io.flambeau.optim;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Riedmiller and Braun, <em>A direct adaptive method for faster backpropagation learning</em>, 1993: the sign of the
 * gradient decides, its size does not.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Rprop.html">torch.optim.Rprop</a>
 */
public final class Rprop extends PerParameter {
    public Rprop(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Rprop", "lr", 1e-2, "etas", List.of(0.5, 1.2), "step_sizes", List.of(1e-6, 50.0), "maximize", false);
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor gradient, State state) {
        state.nextStep();
        Tensor previous = remembered(state, "prev", p, 0);
        Tensor size = remembered(state, "step_size", p, group.lr());
        Tensor agreement = gradient.mul(previous).sign();
        Tensor up = agreement.gt(0);
        Tensor down = agreement.lt(0);
        Tensor factor = agreement
                .onesLike()
                .mul(group.real("etas", 1))
                .where(up, agreement.fullLike(Scalar.of(group.real("etas", 0))).where(down, agreement.onesLike()));
        Tensor grown = size.mul(factor);
        Tensor least = grown.fullLike(Scalar.of(group.real("step_sizes", 0)));
        Tensor most = grown.fullLike(Scalar.of(group.real("step_sizes", 1)));
        size.copy_(grown.maximum(least).minimum(most));
        Tensor g = gradient.zerosLike().where(down, gradient);
        p.sub_(g.sign().mul(size));
        previous.copy_(g);
    }
}
