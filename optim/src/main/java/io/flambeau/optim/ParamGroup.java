package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters that share hyperparameters; schedulers change these. */
public final class ParamGroup {
    private final List<Tensor> parameters;
    private final Map<String, Object> options;

    ParamGroup(List<Tensor> parameters, Options options) {
        this.parameters = List.copyOf(parameters);
        this.options = new LinkedHashMap<>(options.asMap());
    }

    public List<Tensor> parameters() {
        return parameters;
    }

    public double lr() {
        return real("lr");
    }

    public void lr(double value) {
        set("lr", value);
    }

    /** Whether there is a hyperparameter of this name. */
    public boolean has(String name) {
        return options.containsKey(name);
    }

    /** A number, by PyTorch's name. */
    public double real(String name) {
        return ((Number) value(name)).doubleValue();
    }

    public boolean flag(String name) {
        return (Boolean) value(name);
    }

    public String text(String name) {
        return (String) value(name);
    }

    /** One number of a pair, for example of {@code betas}. */
    public double real(String name, int index) {
        return ((Number) ((List<?>) value(name)).get(index)).doubleValue();
    }

    public void set(String name, Object value) {
        options.put(name, value);
    }

    Map<String, Object> options() {
        return options;
    }

    private Object value(String name) {
        Object value = options.get(name);
        if (value == null) {
            throw new ArgumentException(
                    "ParamGroup", "there is no option " + name + ", only " + options.keySet(), Fault.BAD_ARGUMENT);
        }
        return value;
    }
}
