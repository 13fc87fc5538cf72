package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.step.RmsPropStep;
import io.flambeau.tensor.op.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hinton's RMSprop, optionally centered and with momentum.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">torch.optim.RMSprop</a>
 */
public final class RmsProp extends MultiTensor {
    public RmsProp(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "RmsProp",
                "lr",
                1e-2,
                "alpha",
                0.99,
                "eps",
                1e-8,
                "weight_decay",
                0.0,
                "momentum",
                0.0,
                "centered",
                false,
                "maximize",
                false);
    }

    @Override
    Step operation(ParamGroup group, long step) {
        return new RmsPropStep(
                group.real("weight_decay") != 0,
                group.real("momentum") > 0,
                group.flag("centered"),
                group.flag("maximize"));
    }

    @Override
    double[] coefficients(ParamGroup group, Step operation, long step) {
        return RmsPropStep.coefficients(
                group.lr(), group.real("weight_decay"), group.real("alpha"), group.real("eps"), group.real("momentum"));
    }

    @Override
    Map<String, Double> keys(ParamGroup group) {
        Map<String, Double> keys = new LinkedHashMap<>();
        keys.put("square_avg", 0.0);
        if (group.real("momentum") > 0) {
            keys.put("momentum_buffer", 0.0);
        }
        if (group.flag("centered")) {
            keys.put("grad_avg", 0.0);
        }
        return keys;
    }
}
