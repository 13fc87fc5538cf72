package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.step.SgdStep;
import io.flambeau.tensor.op.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum, optionally Nesterov's. The first momentum is the gradient itself;
 * the velocity does not include the learning rate.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</a>
 */
public final class Sgd extends MultiTensor {
    public Sgd(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Sgd",
                "lr",
                1e-3,
                "momentum",
                0.0,
                "dampening",
                0.0,
                "weight_decay",
                0.0,
                "nesterov",
                false,
                "maximize",
                false);
    }

    @Override
    Step operation(ParamGroup group, long step) {
        return new SgdStep(
                group.real("momentum") != 0,
                step == 1,
                group.flag("nesterov"),
                group.real("weight_decay") != 0,
                group.flag("maximize"));
    }

    @Override
    double[] coefficients(ParamGroup group, Step operation, long step) {
        return SgdStep.coefficients(
                group.lr(), group.real("weight_decay"), group.real("momentum"), group.real("dampening"));
    }

    @Override
    Map<String, Double> keys(ParamGroup group) {
        Map<String, Double> keys = new LinkedHashMap<>();
        if (group.real("momentum") != 0) {
            keys.put("momentum_buffer", 0.0);
        }
        return keys;
    }
}
