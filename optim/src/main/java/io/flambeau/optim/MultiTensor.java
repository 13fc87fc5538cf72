package io.flambeau.optim;

import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
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
            buckets.computeIfAbsent(states.get(i).steps() + 1, step -> new ArrayList<>())
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
            List<State> counted = members.stream().map(states::get).toList();
            operation.run(
                    () -> coefficients(group, operation, counted(group, operation, counted)),
                    coefficients(group, operation, step).length,
                    p,
                    g,
                    s);
        });
    }

    /** Counts a step of these parameters; refuses one that a captured operation does not take. */
    private long counted(ParamGroup group, Step operation, List<State> states) {
        long step = states.getFirst().steps() + 1;
        if (!operation.equals(operation(group, step)) || states.stream().anyMatch(state -> state.steps() + 1 != step)) {
            throw new DeviceException(
                    title() + ".step",
                    "the options or the counted steps of the parameters have changed since the step was captured;"
                            + " capture it again",
                    Fault.NOT_CAPTURABLE);
        }
        states.forEach(State::nextStep);
        return step;
    }

    @Override
    final boolean isCapturable() {
        return true;
    }
}
