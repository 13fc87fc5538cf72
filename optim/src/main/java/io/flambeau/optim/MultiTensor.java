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

    /** Parameters that are at the same step and so share coefficients. */
    private static final class Bucket {
        private final List<Integer> members = new ArrayList<>();
    }

    /** The operation for parameters at a step counted from 1. */
    abstract Step operation(ParamGroup group, long step);

    abstract double[] coefficients(ParamGroup group, Step operation, long step);

    /** The keys of the states that the operation has, in its order, each with its first value. */
    abstract Map<String, Double> keys(ParamGroup group);

    @Override
    final void update(ParamGroup group, List<Tensor> parameters, List<Tensor> gradients, List<State> states) {
        Map<Long, Bucket> buckets = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            buckets.computeIfAbsent((long) states.get(i).nextStep(), step -> new Bucket())
                    .members
                    .add(i);
        }
        Map<String, Double> keys = keys(group);
        buckets.forEach((step, bucket) -> {
            int n = bucket.members.size();
            Tensor[] p = new Tensor[n];
            Tensor[] g = new Tensor[n];
            Tensor[][] s = new Tensor[keys.size()][n];
            for (int i = 0; i < n; i++) {
                int member = bucket.members.get(i);
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
