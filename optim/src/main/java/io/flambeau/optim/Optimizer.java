package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.DeviceGraph;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The base of all optimizers: groups of parameters, what is remembered about each, and one step over all of them.
 *
 * <p>Parameters without a gradient are passed over entirely, without decay. Steps write parameters and state in place
 * and return everything else they made.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adam(model.parameters(), Adam.options().lr(1e-3));
 * optimizer.zeroGrad();
 * loss.backward();
 * optimizer.step();
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/optim.html">torch.optim</a>
 */
public abstract class Optimizer {
    private final Options defaults;
    private final List<ParamGroup> groups = new ArrayList<>();
    private final Map<Tensor, State> states = new IdentityHashMap<>();

    Optimizer(List<Tensor> parameters, Options options) {
        this.defaults = options;
        if (!parameters.isEmpty()) {
            addGroup(parameters, options);
        }
    }

    /** Updates the parameters of one group that have a gradient; called without recording, in a scope of its own. */
    abstract void update(ParamGroup group, List<Tensor> parameters, List<Tensor> gradients, List<State> states);

    /** The name of the class, for messages. */
    public final String title() {
        return getClass().getSimpleName();
    }

    /**
     * Adds parameters with hyperparameters of their own. Returns the group.
     *
     * @throws ArgumentException if a parameter is no leaf that requires grad, or is in a group already, or an option lies out
     *     of its range
     */
    public final ParamGroup addGroup(List<Tensor> parameters, Options options) {
        options.check();
        Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
        groups.forEach(group -> known.addAll(group.parameters()));
        for (int i = 0; i < parameters.size(); i++) {
            Tensor p = parameters.get(i);
            if (!p.isLeaf() || !p.dtype().isDifferentiable()) {
                throw new ArgumentException(
                        title(),
                        "parameter " + i + " (" + p.spec() + ") is no leaf of a floating or complex dtype; pass what"
                                + " model.parameters() gives",
                        Fault.BAD_ARGUMENT);
            }
            if (!known.add(p)) {
                throw new ArgumentException(title(), "parameter " + i + " is in a group already", Fault.BAD_ARGUMENT);
            }
        }
        ParamGroup group = new ParamGroup(parameters, options);
        groups.add(group);
        return group;
    }

    /** As {@link #addGroup(List, Options)}, with the optimizer's own hyperparameters. */
    public final ParamGroup addGroup(List<Tensor> parameters) {
        return addGroup(parameters, defaults);
    }

    public final List<ParamGroup> groups() {
        return Collections.unmodifiableList(groups);
    }

    /** Drops all gradients and returns their memory. */
    public final void zeroGrad() {
        groups.forEach(group -> group.parameters().forEach(Tensor::zeroGrad));
    }

    /** Whether what changes from step to step enters as data; else a captured step would repeat itself. */
    boolean isCapturable() {
        return false;
    }

    /**
     * Updates every parameter that has a gradient.
     *
     * @throws DeviceException if the step is being captured and this optimizer counts its steps on the host
     */
    public void step() {
        if (DeviceGraph.isCapturing() && !isCapturable()) {
            throw new DeviceException(
                    title() + ".step",
                    "this optimizer counts its steps on the host and cannot be captured; use Sgd, Adam, AdamW, RmsProp"
                            + " or Adagrad, or call step() outside of the graph",
                    Fault.NOT_CAPTURABLE);
        }
        Tensors.noGrad(() -> {
            try (Scope _ = Scope.open(title())) {
                for (ParamGroup group : groups) {
                    stepGroup(group);
                }
            }
        });
    }

    /** Recomputes the loss by the closure, which also runs backward, and steps. Returns the loss. */
    public double step(DoubleSupplier closure) {
        double loss = Tensors.enableGrad(closure::getAsDouble);
        step();
        return loss;
    }

    private void stepGroup(ParamGroup group) {
        List<Tensor> parameters = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        List<State> used = new ArrayList<>();
        for (Tensor p : group.parameters()) {
            Tensor g = p.grad();
            if (g != null) {
                parameters.add(p);
                gradients.add(g);
                used.add(state(p));
            }
        }
        if (!parameters.isEmpty()) {
            update(group, parameters, gradients, used);
        }
    }

    /** What is remembered about a parameter. */
    final State state(Tensor parameter) {
        return states.computeIfAbsent(parameter, key -> new State());
    }

    /** Whether every remembered tensor has the shape of its parameter. */
    boolean statesAreShaped() {
        return true;
    }

    /** A tensor that outlives the step: made outside all scopes. */
    static Tensor lasting(Supplier<Tensor> make) {
        try (Scope _ = Scope.none()) {
            return make.get();
        }
    }

    /** A tensor of the parameter's spec with one value everywhere, that outlives the step. */
    static Tensor remembered(State state, String key, Tensor parameter, double value) {
        return state.has(key) ? state.tensor(key, () -> parameter) : lasting(() -> state.filled(key, parameter, value));
    }

    /**
     * Everything that is needed to go on later, in PyTorch's layout: {@code state} by the position of the parameter, and
     * {@code param_groups} with hyperparameters and positions.
     */
    public final Map<String, Object> stateDict() {
        Map<Long, Object> byPosition = new LinkedHashMap<>();
        List<Object> described = new ArrayList<>();
        long position = 0;
        for (ParamGroup group : groups) {
            List<Object> positions = new ArrayList<>();
            for (Tensor p : group.parameters()) {
                State state = states.get(p);
                if (state != null) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    state.values()
                            .forEach((key, value) -> values.put(
                                    key, value instanceof Double d ? Tensors.full(stepSpec(p), Scalar.of(d)) : value));
                    byPosition.put(position, values);
                }
                positions.add(position++);
            }
            Map<String, Object> one = new LinkedHashMap<>(group.options());
            one.put("params", positions);
            described.add(one);
        }
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("state", byPosition);
        dict.put("param_groups", described);
        return dict;
    }

    private static Spec stepSpec(Tensor p) {
        return new Spec(Shape.SCALAR, p.dtype() == DType.F64 ? DType.F64 : DType.F32, p.device());
    }

    /**
     * Takes over what {@link #stateDict} gave, also PyTorch's own: values are copied, converted to the parameters'
     * dtypes and devices.
     *
     * @throws TensorException before anything was changed, if groups, positions or shapes do not fit
     */
    public final void loadStateDict(Map<?, ?> dict) {
        Tensors.noGrad(() -> new StateLoader(title(), groups, statesAreShaped()).load(dict, states));
    }
}
