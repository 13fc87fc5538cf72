package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hyperparameters of an optimizer under PyTorch's names; immutable. Each optimizer's {@code options()} gives its
 * defaults, and only what is among them can be changed.
 *
 * <pre>{@code
 * new Adam(model.parameters(), Adam.options().lr(3e-4).betas(0.9, 0.95).weightDecay(0.1))
 * }</pre>
 */
public final class Options {
    /** PyTorch's choices among implementations of one rule, of which there is one here. */
    private static final Set<String> IMPLEMENTATIONS = Set.of("foreach", "fused", "capturable");

    private static final Set<String> NOT_NEGATIVE = Set.of(
            "lr", "eps", "weight_decay", "momentum", "lr_decay", "initial_accumulator_value", "momentum_decay", "rho");
    private static final String RULES = "rates, decays and eps are not negative, betas lie in [0, 1), etas around 1,"
            + " and nesterov needs a momentum without dampening";

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
     * One hyperparameter changed, by PyTorch's name: a number, a boolean, or a list of numbers. PyTorch's
     * {@code foreach}, {@code fused} and {@code capturable} choose among implementations and change nothing here.
     *
     * @throws ArgumentException if the optimizer has no such hyperparameter, or it is of another kind
     */
    public Options with(String name, @Nullable Object value) {
        if (IMPLEMENTATIONS.contains(name) && (value == null || value instanceof Boolean)) {
            return this;
        }
        if (name.equals("differentiable") && value instanceof Boolean on) {
            if (on) {
                throw new ArgumentException(
                        optimizer, "a step is not recorded, so it cannot be differentiable", Fault.BAD_ARGUMENT);
            }
            return this;
        }
        Object old = values.get(name);
        if (old == null) {
            throw new ArgumentException(
                    optimizer, "has no option " + name + ", only " + values.keySet(), Fault.BAD_ARGUMENT);
        }
        Object given = value instanceof Number n ? (Object) n.doubleValue() : value;
        boolean fits = old instanceof List
                ? given instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)
                : given != null && old.getClass() == given.getClass();
        if (!fits || given == null) {
            throw new ArgumentException(
                    optimizer, "option " + name + " is " + value + "; the default is " + old, Fault.BAD_ARGUMENT);
        }
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(name, given);
        return new Options(optimizer, changed);
    }

    /** Refuses what no optimizer can work with. */
    void check() {
        values.forEach((name, value) -> {
            if (value instanceof Double number) {
                require(name, value, !NOT_NEGATIVE.contains(name) || number >= 0);
            } else if (value instanceof List<?> list && name.equals("betas")) {
                require(name, value, list.stream().allMatch(beta -> within(beta, 0, 1)));
            } else if (value instanceof List<?> list && name.equals("etas")) {
                require(
                        name,
                        value,
                        within(list.getFirst(), Double.MIN_VALUE, 1) && within(list.get(1), 1, Double.MAX_VALUE));
            }
        });
        if (Boolean.TRUE.equals(values.get("nesterov")) && values.get("dampening") instanceof Double dampening) {
            require("nesterov", true, dampening == 0 && !Double.valueOf(0).equals(values.get("momentum")));
        }
    }

    private static boolean within(Object number, double least, double end) {
        double value = ((Number) number).doubleValue();
        return value >= least && value < end;
    }

    private void require(String name, Object value, boolean condition) {
        if (!condition) {
            throw new ArgumentException(
                    optimizer, "option " + name + " is " + value + " in " + values + "; " + RULES, Fault.BAD_ARGUMENT);
        }
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

    public Options decoupledWeightDecay(boolean on) {
        return with("decoupled_weight_decay", on);
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
