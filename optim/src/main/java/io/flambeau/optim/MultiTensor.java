package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An optimizer whose step over all parameters of a group is one operation. */
abstract class MultiTensor extends Optimizer {
    MultiTensor(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** The operation for parameters at a step counted from 1. */
    abstract Step operation(ParamGroup group, long step);

    abstract double[] coefficients(ParamGroup group, Step operation, long step);

    /** The keys of the states that the operation has, in its order, each with its first value. */
    abstract Map<String, Double> keys(ParamGroup group);

    @Override
    final void update(ParamGroup group, List<Tensor> parameters, List<Tensor> gradients, List<State> states) {
        // Parameters at the same step share coefficients.
        Map<Long, List<Integer>> buckets = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            buckets.computeIfAbsent((long) states.get(i).nextStep(), step -> new ArrayList<>())
                    .add(i);
        }
        Map<String, Double> keys = keys(group);
        buckets.forEach((step, members) -> {
            int n = members.size();
            Tensor[] p = new Tensor[n];
            Tensor[] g = new Tensor[n];
            Tensor[][] s = new Tensor[keys.size()][n];
            for (int i = 0; i < n; i++) {
                int member = members.get(i);
                p[i] = parameters.get(member);
                g[i] = gradients.get(member).detach();
                int k = 0;
                for (Map.Entry<String, Double> key : keys.entrySet()) {
                    s[k++][i] = remembered(states.get(member), key.getKey(), p[i], key.getValue());
                }
            }
            Step operation = operation(group, step);
            operation.run(coefficients(group, operation, step), p, g, s);
        });
    }
}
