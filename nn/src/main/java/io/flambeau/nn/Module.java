package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The base of all layers and models: a tree of named parameters, buffers and child modules with a forward pass.
 *
 * <p>A field is declared and registered in one line, under the key that PyTorch's state dict has for it:
 *
 * <pre>{@code
 * final class Net extends Module {
 *     private final Linear fc1 = child("fc1", new Linear(10, 50));
 *     private final Linear fc2 = child("fc2", new Linear(50, 1));
 *
 *     @Override
 *     protected Tensor forward(Tensor x) {
 *         return fc2.call(fc1.call(x).relu());
 *     }
 * }
 * }</pre>
 *
 * Call a module by {@link #call}, not by {@code forward}: the call runs the hooks and is a scope of memory, so that
 * what the forward pass makes and nobody needs goes back at its end. State that a module keeps from one call to the
 * next is written in place into buffers, or made inside {@code Scope.none()}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html">torch.nn.Module</a>
 */
public abstract class Module {
    /** A function around the forward pass: it sees the module, and may replace the value by returning another. */
    @FunctionalInterface
    public interface Hook {
        @Nullable Tensor apply(Module module, Tensor value);
    }

    private final Map<String, @Nullable Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Buffer> buffers = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private final Map<String, Parametrisation> parametrised = new LinkedHashMap<>();
    private final List<Hook> before = new ArrayList<>();
    private final List<Hook> after = new ArrayList<>();
    private boolean training = true;
    private boolean frozen;

    /** A module in training mode, with no parts yet. */
    protected Module() {}

    private record Buffer(@Nullable Tensor value, boolean persistent) {}

    // Declaring

    private void checkName(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new ArgumentException(
                    title(),
                    "'" + name + "' cannot name a part: a name is not empty and has no dot",
                    Fault.BAD_ARGUMENT);
        }
        if (parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name)) {
            throw new ArgumentException(title(), "'" + name + "' names a part already", Fault.BAD_ARGUMENT);
        }
    }

    /**
     * Registers a trainable tensor and returns it; an optional one may be null. It becomes a leaf that requires grad
     * and belongs to no scope.
     */
    protected final <T extends @Nullable Tensor> T parameter(String name, T value) {
        checkName(name);
        if (value != null) {
            if (!value.requiresGrad()) {
                value.requiresGrad(true);
            }
            try (Scope none = Scope.none()) {
                none.share(value);
            }
        }
        parameters.put(name, value);
        return value;
    }

    /** Registers a tensor that is state but not trained, saved in the state dict, and returns it. */
    protected final <T extends @Nullable Tensor> T buffer(String name, T value) {
        return buffer(name, value, true);
    }

    /** As {@link #buffer(String, Tensor)}; one that is not persistent is not saved. */
    protected final <T extends @Nullable Tensor> T buffer(String name, T value, boolean persistent) {
        checkName(name);
        if (value != null) {
            try (Scope none = Scope.none()) {
                none.share(value);
            }
        }
        buffers.put(name, new Buffer(value, persistent));
        return value;
    }

    /** Registers a child and returns it. */
    protected final <M extends Module> M child(String name, M module) {
        checkName(name);
        children.put(name, module);
        return module;
    }

    /** Registers the module that stands for this one: its parts appear under this one's own names. Returns it. */
    final <M extends Module> M standIn(M module) {
        children.put("", module);
        return module;
    }

    /** Replaces a parameter by a module that computes it before every call; see {@link Parametrisations}. */
    final void parametrise(String name, Function<Tensor, Parametrisation> maker) {
        checkNotFrozen();
        Tensor parameter = parameters.get(name);
        if (parameter == null) {
            throw new ArgumentException(
                    title(), "there is no parameter '" + name + "', only " + parameters.keySet(), Fault.BAD_ARGUMENT);
        }
        Parametrisation made = Tensors.noGrad(() -> maker.apply(parameter.detach()));
        Module all = children.computeIfAbsent(Parametrisations.CHILD, key -> new Parametrisations.Holder());
        all.child(name, made);
        parameters.remove(name);
        parametrised.put(name, made);
        made.target(parameter);
        made.refresh();
    }

    /** What computes a parameter, or null. */
    final @Nullable Parametrisation parametrisation(String name) {
        return parametrised.get(name);
    }

    /** Makes a computed parameter one of its own again, with the value it has now. */
    final void settle(String name) {
        checkNotFrozen();
        Parametrisation made = parametrised.remove(name);
        Module all = children.get(Parametrisations.CHILD);
        if (made == null || all == null) {
            throw new ArgumentException(
                    title(), "the parameter '" + name + "' is not parametrised", Fault.BAD_ARGUMENT);
        }
        all.children.remove(name);
        if (all.children.isEmpty()) {
            children.remove(Parametrisations.CHILD);
        }
        parameter(name, made.settle());
    }

    private void refresh() {
        if (!frozen && !parametrised.isEmpty()) {
            parametrised.values().forEach(Parametrisation::refresh);
        }
    }

    // Calling

    /**
     * The forward pass on one input.
     *
     * @throws TensorException if this module takes other inputs
     */
    protected Tensor forward(Tensor input) {
        throw new TensorException(
                title(), "takes other inputs than one tensor; see its own call methods", Fault.BAD_STATE);
    }

    /** Runs the forward pass, with hooks, as a scope of memory of its own. */
    public final Tensor call(Tensor input) {
        return scoped(input, this::forward);
    }

    /**
     * Runs a body as {@link #call} runs the forward pass: what every call method of a module does.
     *
     * @param input what hooks before the call see and may replace: of several inputs, the first
     */
    protected final Tensor scoped(Tensor input, Function<Tensor, Tensor> body) {
        return scopedAll(input, x -> new Tensor[] {body.apply(x)})[0];
    }

    /** As {@link #scoped}, for several results, of which hooks see the first. */
    protected final Tensor[] scopedAll(Tensor input, Function<Tensor, Tensor[]> body) {
        try (Scope scope = Scope.open(title())) {
            refresh();
            Tensor[] results = body.apply(hooked(before, input));
            results[0] = hooked(after, results[0]);
            for (Tensor result : results) {
                if (result != null) {
                    scope.keepGraph(result);
                }
            }
            return results;
        }
    }

    private Tensor hooked(List<Hook> hooks, Tensor value) {
        Tensor x = value;
        for (Hook hook : hooks) {
            Tensor replaced = hook.apply(this, x);
            x = replaced == null ? x : replaced;
        }
        return x;
    }

    /**
     * Brings the computed parameters of a child up to date, for a module that reads them itself instead of calling the
     * child; see {@link Parametrisations}.
     */
    protected static void refreshParameters(Module child) {
        child.refresh();
    }

    /** Runs the hook on the input of every later call. The handle removes it. */
    public final Runnable registerForwardPreHook(Hook hook) {
        checkNotFrozen();
        before.add(hook);
        return () -> before.remove(hook);
    }

    /** Runs the hook on the output of every later call. The handle removes it. */
    public final Runnable registerForwardHook(Hook hook) {
        checkNotFrozen();
        after.add(hook);
        return () -> after.remove(hook);
    }

    // Walking

    /** The name of the class, as messages and summaries show it. */
    public String title() {
        return getClass().getSimpleName();
    }

    /** The children by name. */
    public final Map<String, Module> namedChildren() {
        return Collections.unmodifiableMap(children);
    }

    /** This module and all below it, by dotted path; a module used twice appears once. This one's path is empty. */
    public final Map<String, Module> namedModules() {
        Map<String, Module> all = new LinkedHashMap<>();
        collect("", all, identitySet());
        return all;
    }

    private void collect(String path, Map<String, Module> into, Set<Object> seen) {
        if (seen.add(this)) {
            into.put(path, this);
            children.forEach((name, child) -> child.collect(join(path, name), into, seen));
        }
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static String join(String path, String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    /** The trainable tensors by dotted path; one that is used twice appears once. */
    public final Map<String, Tensor> namedParameters() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        Set<Object> seen = identitySet();
        namedModules()
                .forEach((path, module) -> module.parameters.forEach((name, value) -> {
                    if (value != null && seen.add(value)) {
                        all.put(join(path, name), value);
                    }
                }));
        return all;
    }

    /** The trainable tensors, in the order of their registration. */
    public final List<Tensor> parameters() {
        return new ArrayList<>(namedParameters().values());
    }

    /** The buffers by dotted path, persistent or not. */
    public final Map<String, Tensor> namedBuffers() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        namedModules()
                .forEach((path, module) -> module.buffers.forEach((name, buffer) -> {
                    if (buffer.value != null) {
                        all.put(join(path, name), buffer.value);
                    }
                }));
        return all;
    }

    /** Runs the function on every module below this one, children first, and then on this. Returns this module. */
    public final Module apply(Consumer<Module> function) {
        children.values().forEach(child -> child.apply(function));
        function.accept(this);
        return this;
    }

    // State

    /** Whether the module is in training mode, in which dropout drops and batch norm uses the batch's statistics. */
    public final boolean isTraining() {
        return training;
    }

    /** Sets this module and all below it to training mode. Returns this module. */
    public final Module train() {
        return train(true);
    }

    public final Module train(boolean on) {
        if (on) {
            checkNotFrozen();
        }
        return apply(module -> module.training = on);
    }

    /** Sets this module and all below it to evaluation mode. Returns this module. */
    public final Module eval() {
        return train(false);
    }

    /** Drops all gradients and returns their memory at once. */
    public final void zeroGrad() {
        parameters().forEach(Tensor::zeroGrad);
    }

    /** Says whether the parameters' gradients are wanted. Returns this module. */
    public final Module requiresGrad(boolean wanted) {
        checkNotFrozen();
        parameters().forEach(p -> p.requiresGrad(wanted));
        return this;
    }

    /** Moves parameters, buffers and gradients to a device; tensors keep their identity. Returns this module. */
    public Module to(Device device) {
        return convert(t -> t.to(device));
    }

    /** Converts floating parameters and buffers to a dtype; tensors keep their identity. Returns this module. */
    public Module to(DType dtype) {
        return convert(t -> t.dtype().isFloating() || t.dtype().isComplex() ? t.to(dtype) : t);
    }

    /** Called on every module before a state dict is loaded, in which its own entries begin with a prefix. */
    void loading(String prefix, Map<String, Tensor> state) {}

    /** Called on every module that shall be frozen. */
    void freezing() {}

    /** Makes this module and all below it what a {@link Predictor} serves. */
    final void freeze() {
        checkNotFrozen();
        apply(Module::freezing);
        eval();
        zeroGrad();
        requiresGrad(false);
        Tensors.noGrad(() -> {
            apply(Module::refresh);
        });
        apply(module -> module.frozen = true);
    }

    private void checkNotFrozen() {
        if (frozen) {
            throw new TensorException(
                    title(), "belongs to a Predictor and cannot be changed; build another one", Fault.BAD_STATE);
        }
    }

    /** Called on every module that a conversion reaches. */
    void converted(UnaryOperator<Tensor> conversion) {}

    final Module convert(UnaryOperator<Tensor> conversion) {
        checkNotFrozen();
        apply(module -> module.converted(conversion));
        Tensors.noGrad(() -> {
            try (Scope _ = Scope.none()) {
                List<Tensor> all = new ArrayList<>(parameters());
                all.addAll(namedBuffers().values());
                for (Tensor t : all) {
                    Tensor converted = conversion.apply(t.detach());
                    Tensor gradient = t.grad();
                    if (!converted.spec().equals(t.spec())) {
                        t.setData(converted);
                        if (gradient != null) {
                            t.grad(conversion.apply(gradient));
                        }
                    }
                }
            }
        });
        return this;
    }

    /** Parameters and persistent buffers by dotted path, sharing this module's memory; PyTorch's keys. */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        entries("", (key, value) -> state.put(key, value.detach()));
        return state;
    }

    /** Every entry of the state dict; a tensor that is used twice appears under each of its keys. */
    private void entries(String path, BiConsumer<String, Tensor> visit) {
        parameters.forEach((name, value) -> {
            if (value != null) {
                visit.accept(join(path, name), value);
            }
        });
        buffers.forEach((name, buffer) -> {
            if (buffer.persistent && buffer.value != null) {
                visit.accept(join(path, name), buffer.value);
            }
        });
        children.forEach((name, child) -> child.entries(join(path, name), visit));
    }

    /** As {@link #loadStateDict(Map, boolean)}, strictly. */
    public final StateDictReport loadStateDict(Map<String, Tensor> state) {
        return loadStateDict(state, true);
    }

    /**
     * Copies the values of a state dict into this module, converted to its dtypes and devices. Lazy modules take their
     * sizes from it.
     *
     * @param strict whether missing and unexpected keys are errors; differing shapes always are
     * @throws TensorException with a table of all differences, before anything was copied
     */
    public final StateDictReport loadStateDict(Map<String, Tensor> state, boolean strict) {
        checkNotFrozen();
        namedModules().forEach((path, module) -> module.loading(path.isEmpty() ? "" : path + ".", state));
        Map<String, Tensor> own = new LinkedHashMap<>();
        entries("", own::put);
        StateDictReport report = StateDictReport.compare(own, state);
        report.check(title(), strict);
        Tensors.noGrad(() -> own.forEach((key, value) -> {
            Tensor loaded = state.get(key);
            if (loaded != null) {
                value.copy_(loaded);
            }
        }));
        return report;
    }

    // Printing

    /** What stands in the parentheses of {@link #toString}: the arguments that made this module. */
    protected String describe() {
        return "";
    }

    @Override
    public String toString() {
        if (children.isEmpty()) {
            return title() + "(" + describe() + ")";
        }
        StringBuilder text = new StringBuilder(title()).append("(\n");
        children.forEach((name, child) -> text.append("  (")
                .append(name)
                .append("): ")
                .append(child.toString().replace("\n", "\n  "))
                .append('\n'));
        return text.append(')').toString();
    }
}
