package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Adam and AdamW share: all but how the weights decay. */
abstract sealed class AdamFamily extends MultiTensor permits Adam, AdamW {
    AdamFamily(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    static Options options(String name, double decay, boolean decoupled) {
        return Options.of(name, "lr", 1e-3, "betas", List.of(0.9, 0.999), "eps", 1e-8)
                .and("weight_decay", decay)
                .and("amsgrad", false)
                .and("maximize", false)
                .and("decoupled_weight_decay", decoupled);
    }

    @Override
    final Step operation(ParamGroup group, long step) {
        return new AdamStep(
                group.real("weight_decay") != 0,
                group.flag("decoupled_weight_decay"),
                group.flag("amsgrad"),
                group.flag("maximize"));
    }

    @Override
    final double[] coefficients(ParamGroup group, Step operation, long step) {
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
    final Map<String, Double> keys(ParamGroup group) {
        Map<String, Double> keys = new LinkedHashMap<>();
        keys.put("exp_avg", 0.0);
        keys.put("exp_avg_sq", 0.0);
        if (group.flag("amsgrad")) {
            keys.put("max_exp_avg_sq", 0.0);
        }
        return keys;
    }
}
