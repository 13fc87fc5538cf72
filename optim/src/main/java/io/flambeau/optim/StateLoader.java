package io.flambeau.optim;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks an optimizer's state dict against its groups, and only then takes it over. */
record StateLoader(String optimizer, List<ParamGroup> groups, boolean shaped) {
    void load(Map<?, ?> dict, Map<Tensor, State> into) {
        if (!(dict.get("state") instanceof Map<?, ?> state) || !(dict.get("param_groups") instanceof List<?> saved)) {
            throw wrong("needs the entries state and param_groups, and has " + dict.keySet());
        }
        if (saved.size() != groups.size()) {
            throw wrong("has " + saved.size() + " groups, this optimizer " + groups.size());
        }
        // Positions are numbers, and text where a format has no other keys.
        Map<String, Object> byPosition = new HashMap<>();
        state.forEach((position, values) -> byPosition.put(String.valueOf(position), values));
        Map<Tensor, State> loaded = new IdentityHashMap<>();
        List<Map<?, ?>> options = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            if (!(saved.get(g) instanceof Map<?, ?> one) || !(one.get("params") instanceof List<?> positions)) {
                throw wrong("group " + g + " has no list params");
            }
            List<Tensor> parameters = groups.get(g).parameters();
            if (positions.size() != parameters.size()) {
                throw wrong("group " + g + " has " + positions.size() + " parameters, this optimizer's "
                        + parameters.size());
            }
            for (int i = 0; i < parameters.size(); i++) {
                Object entry = byPosition.get(String.valueOf(positions.get(i)));
                if (entry instanceof Map<?, ?> values) {
                    loaded.put(parameters.get(i), state(values, parameters.get(i), positions.get(i)));
                }
            }
            options.add(one);
        }
        for (int g = 0; g < groups.size(); g++) {
            Map<String, Object> own = groups.get(g).options();
            options.get(g).forEach((key, value) -> {
                if (value != null && own.containsKey(String.valueOf(key))) {
                    own.put(String.valueOf(key), converted(own.get(String.valueOf(key)), value));
                }
            });
        }
        into.clear();
        into.putAll(loaded);
    }

    private static Object converted(@Nullable Object own, Object value) {
        if (own instanceof Double && value instanceof Number n) {
            return n.doubleValue();
        }
        if (own instanceof Double && value instanceof Tensor t) {
            return t.item();
        }
        return value;
    }

    private State state(Map<?, ?> values, Tensor parameter, Object position) {
        State state = new State();
        values.forEach((k, value) -> {
            String key = String.valueOf(k);
            if (value instanceof Number n) {
                state.put(key, n.doubleValue());
            } else if (value instanceof Tensor t) {
                if (t.rank() == 0 && (parameter.rank() > 0 || key.equals("step"))) {
                    state.put(key, t.item());
                } else if (!shaped || t.shape().equals(parameter.shape())) {
                    state.put(key, copy(t, parameter));
                } else {
                    throw wrong(key + " of parameter " + position + " has shape " + t.shape() + ", the parameter "
                            + parameter.shape());
                }
            } else if (value instanceof List<?> list) {
                for (Object one : list) {
                    if (one instanceof Tensor t) {
                        state.tensors(key).add(copy(t, parameter));
                    }
                }
            }
        });
        if (state.has("momentum_buffer") && !state.has("step")) {
            // PyTorch's SGD does not count; its first step is the one without a velocity.
            state.put("step", 1.0);
        }
        return state;
    }

    private static Tensor copy(Tensor value, Tensor parameter) {
        try (Scope _ = Scope.none()) {
            DType dtype = value.dtype().isDifferentiable() ? parameter.dtype() : value.dtype();
            Tensor copy = value.detach().to(parameter.device()).to(dtype);
            return copy.sharesMemory(value) ? copy.clone() : copy;
        }
    }

    private TensorException wrong(String problem) {
        return new TensorException(
                "loadStateDict", "the state dict does not fit " + optimizer + ": it " + problem, Fault.STATE_DICT);
    }
}
