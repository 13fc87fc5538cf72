package io.flambeau.optim;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What an optimizer remembers about one parameter, under PyTorch's keys: tensors and numbers. */
final class State {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** The tensor under a key, made at the first use. */
    Tensor tensor(String key, Supplier<Tensor> first) {
        Object value = values.get(key);
        if (value == null) {
            value = first.get();
            values.put(key, value);
        }
        return (Tensor) value;
    }

    Tensor filled(String key, Tensor parameter, double value) {
        return tensor(key, () -> parameter.detach().fullLike(Scalar.of(value)));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The number under a key, or {@code first} before it was put. */
    double number(String key, double first) {
        return values.get(key) instanceof Double d ? d : first;
    }

    /** The list of tensors under a key, made at the first use. */
    @SuppressWarnings("unchecked") // nobody else puts lists
    List<Tensor> tensors(String key) {
        return (List<Tensor>) values.computeIfAbsent(key, k -> new ArrayList<Tensor>());
    }

    void put(String key, Object value) {
        values.put(key, value);
    }

    /** The steps counted so far. */
    long steps() {
        return (long) number("step", 0);
    }

    /** Counts the step and gives its number, from 1. */
    double nextStep() {
        double step = number("step", 0) + 1;
        put("step", step);
        return step;
    }

    Map<String, Object> values() {
        return values;
    }
}
