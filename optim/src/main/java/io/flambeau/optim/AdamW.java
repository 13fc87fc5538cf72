package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loshchilov and Hutter, <em>Decoupled weight decay regularization</em>, 2017: Adam whose decay is not part of the
 * gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a>
 */
public final class AdamW extends MultiTensor {
    public AdamW(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults. */
    public static Options options() {
        return Options.of(
                "AdamW",
                "lr",
                1e-3,
                "betas",
                List.of(0.9, 0.999),
                "eps",
                1e-8,
                "weight_decay",
                1e-2,
                "amsgrad",
                false,
                "maximize",
                false);
    }

    @Override
    Step operation(ParamGroup group, long step) {
        return new AdamStep(group.real("weight_decay") != 0, true, group.flag("amsgrad"), group.flag("maximize"));
    }

    @Override
    double[] coefficients(ParamGroup group, Step operation, long step) {
        return ((AdamStep) operation)
                .coefficients(
                        group.lr(),
                        group.real("betas", 0),
                        group.real("betas", 1),
                        group.real("eps"),
                        group.real("weight_decay"),
                        step);
    }

    @Override
    Map<String, Double> keys(ParamGroup group) {
        Map<String, Double> keys = new LinkedHashMap<>();
        keys.put("exp_avg", 0.0);
        keys.put("exp_avg_sq", 0.0);
        if (group.flag("amsgrad")) {
            keys.put("max_exp_avg_sq", 0.0);
        }
        return keys;
    }
}
