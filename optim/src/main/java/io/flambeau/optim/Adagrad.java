package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.step.AdagradStep;
import io.flambeau.tensor.op.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Duchi, Hazan and Singer, <em>Adaptive subgradient methods</em>, 2011.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html">torch.optim.Adagrad</a>
 */
public final class Adagrad extends MultiTensor {
    public Adagrad(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "Adagrad",
                "lr",
                1e-2,
                "lr_decay",
                0.0,
                "weight_decay",
                0.0,
                "initial_accumulator_value",
                0.0,
                "eps",
                1e-10,
                "maximize",
                false);
    }

    @Override
    Step operation(ParamGroup group, long step) {
        return new AdagradStep(group.real("weight_decay") != 0, group.flag("maximize"));
    }

    @Override
    double[] coefficients(ParamGroup group, Step operation, long step) {
        return AdagradStep.coefficients(
                group.lr(), group.real("lr_decay"), group.real("weight_decay"), group.real("eps"), step);
    }

    @Override
    Map<String, Double> keys(ParamGroup group) {
        Map<String, Double> keys = new LinkedHashMap<>();
        keys.put("sum", group.real("initial_accumulator_value"));
        return keys;
    }
}
