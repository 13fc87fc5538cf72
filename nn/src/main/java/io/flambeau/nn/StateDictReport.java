package io.flambeau.nn;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a state dict differs from a module.
 *
 * @param missing keys of the module that the state dict lacks
 * @param unexpected keys of the state dict that the module lacks
 * @param mismatched keys whose shapes differ, with both shapes
 */
public record StateDictReport(List<String> missing, List<String> unexpected, List<String> mismatched) {
    static StateDictReport compare(Map<String, Tensor> own, Map<String, Tensor> state) {
        List<String> missing = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        List<String> mismatched = new ArrayList<>();
        own.forEach((key, value) -> {
            Tensor loaded = state.get(key);
            if (loaded == null) {
                missing.add(key);
            } else if (!loaded.shape().equals(value.shape())) {
                mismatched.add(key + ": the module has " + value.shape() + ", the state dict " + loaded.shape());
            }
        });
        state.keySet().forEach(key -> {
            if (!own.containsKey(key)) {
                unexpected.add(key);
            }
        });
        return new StateDictReport(missing, unexpected, mismatched);
    }

    /** Whether every key and every shape fits. */
    public boolean isExact() {
        return missing.isEmpty() && unexpected.isEmpty() && mismatched.isEmpty();
    }

    void check(String module, boolean strict) {
        if (!mismatched.isEmpty() || strict && !isExact()) {
            throw new TensorException(
                    "loadStateDict",
                    "the state dict does not fit " + module + ":" + this
                            + "\nrename keys, load with strict = false, or build the module that was saved",
                    Fault.STATE_DICT);
        }
    }

    /** One line for each difference. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        missing.forEach(key -> text.append("\n  missing     ").append(key));
        unexpected.forEach(key -> text.append("\n  unexpected  ").append(key));
        mismatched.forEach(line -> text.append("\n  mismatched  ").append(line));
        return text.isEmpty() ? "all keys match" : text.toString();
    }
}
