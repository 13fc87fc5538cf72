package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hyperparameters of an optimizer under PyTorch's names; immutable. Each optimizer's {@code options()} gives its
 * defaults, and only what is among them can be changed.
 *
 * <pre>{@code
 * new Adam(model.parameters(), Adam.options().lr(3e-4).betas(0.9, 0.95).weightDecay(0.1))
 * }</pre>
 */
public final class Options {
    private final String optimizer;
    private final Map<String, Object> values;

    private Options(String optimizer, Map<String, Object> values) {
        this.optimizer = optimizer;
        this.values = values;
    }

    /** Pairs of names and defaults. */
    static Options of(String optimizer, Object... pairs) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return new Options(optimizer, values);
    }

    /** One more hyperparameter with its default. */
    Options and(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Options(optimizer, more);
    }

    /**
     * One hyperparameter changed, by PyTorch's name: a number, a boolean, or a list of numbers.
     *
     * @throws ArgumentException if the optimizer has no such hyperparameter, or it is of another kind
     */
    public Options with(String name, Object value) {
        Object old = values.get(name);
        if (old == null) {
            throw new ArgumentException(
                    optimizer, "has no option " + name + ", only " + values.keySet(), Fault.BAD_ARGUMENT);
        }
        Object given = value instanceof Number n && !(value instanceof Double) ? (Object) n.doubleValue() : value;
        boolean fits = old instanceof List ? given instanceof List : old.getClass() == given.getClass();
        if (!fits) {
            throw new ArgumentException(
                    optimizer, "option " + name + " is " + value + "; the default is " + old, Fault.BAD_ARGUMENT);
        }
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(name, given);
        return new Options(optimizer, changed);
    }

    public Options lr(double value) {
        return with("lr", value);
    }

    public Options momentum(double value) {
        return with("momentum", value);
    }

    public Options dampening(double value) {
        return with("dampening", value);
    }

    public Options nesterov(boolean on) {
        return with("nesterov", on);
    }

    public Options weightDecay(double value) {
        return with("weight_decay", value);
    }

    public Options betas(double first, double second) {
        return with("betas", List.of(first, second));
    }

    public Options eps(double value) {
        return with("eps", value);
    }

    public Options amsgrad(boolean on) {
        return with("amsgrad", on);
    }

    public Options maximize(boolean on) {
        return with("maximize", on);
    }

    public Options alpha(double value) {
        return with("alpha", value);
    }

    public Options centered(boolean on) {
        return with("centered", on);
    }

    public Options rho(double value) {
        return with("rho", value);
    }

    /** The hyperparameters by name. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
