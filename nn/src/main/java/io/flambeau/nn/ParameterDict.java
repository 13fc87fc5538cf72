package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trainable tensors under keys of the user's choice. */
public final class ParameterDict extends Module {
    private final Map<String, Tensor> values = new LinkedHashMap<>();

    public ParameterDict(Map<String, Tensor> values) {
        values.forEach((name, value) -> this.values.put(name, parameter(name, value)));
    }

    public Tensor at(String name) {
        Tensor value = values.get(name);
        if (value == null) {
            throw new ArgumentException(
                    "ParameterDict", "there is no '" + name + "', only " + values.keySet(), Fault.BAD_ARGUMENT);
        }
        return value;
    }
}
