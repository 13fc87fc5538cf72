package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Region;
import io.flambeau.tensor.spi.Storage;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a graph, from the roots to the leaves, each node after all that depend on it.
 *
 * <p>Note [Who owns a gradient]: a pass has a region of its own, and each gradient in flight holds its storage. When a
 * node has run, its cotangents are let go, and a storage that no other gradient or graph holds goes back at once. What
 * leaves the pass (results, retained gradients, whatever a hook has seen) is kept for the region outside; leaf
 * gradients belong to no region. The pass writes only into sums that it made itself and has shown to nobody.
 */
final class Pass {
    private static final String WHY = "when backward had used it; clone it in a hook, or call retainGrad";

    private final String title;
    private final boolean retain;
    private final boolean createGraph;
    private final boolean accumulates;
    private final boolean anomaly = Modes.current().site();
    private final Plan plan;
    private final Region region;
    private final Map<Slot, Tensor> caught = new IdentityHashMap<>();

    private Pass(String title, boolean retain, boolean createGraph, boolean accumulates, Plan plan, Region region) {
        this.title = title;
        this.retain = retain;
        this.createGraph = createGraph;
        this.accumulates = accumulates;
        this.plan = plan;
        this.region = region;
    }

    /** Adds the gradients to those of the leaves: of all, or only of those given. */
    static void accumulate(
            String title,
            Tensor[] roots,
            @Nullable Tensor[] seeds,
            Tensor @Nullable [] into,
            boolean retain,
            boolean createGraph) {
        Plan plan = new Plan(into == null ? null : slots(title, into));
        try (Region region = Region.open(title)) {
            new Pass(title, retain, createGraph, true, plan, region).run(roots, seeds);
        }
    }

    /** Gives the gradients with respect to the inputs. */
    static @Nullable Tensor[] capture(
            String title,
            Tensor[] roots,
            @Nullable Tensor[] seeds,
            Tensor[] inputs,
            boolean retain,
            boolean createGraph,
            boolean allowUnused) {
        Plan plan = new Plan(slots(title, inputs));
        try (Region region = Region.open(title)) {
            Pass pass = new Pass(title, retain, createGraph, false, plan, region);
            pass.run(roots, seeds);
            return pass.results(inputs, allowUnused);
        }
    }

    private @Nullable Tensor[] results(Tensor[] inputs, boolean allowUnused) {
        @Nullable Tensor[] results = new Tensor[inputs.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = caught.get(Slot.place(inputs[i]));
            if (results[i] == null && !allowUnused) {
                throw new GradientException(
                        title,
                        "input " + i + " (" + inputs[i].spec() + ") was not used to compute the outputs; allow unused"
                                + " inputs if that is meant",
                        Fault.NO_GRAPH);
            }
        }
        return results;
    }

    private static Set<Slot> slots(String title, Tensor[] tensors) {
        Set<Slot> slots = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < tensors.length; i++) {
            Slot slot = Slot.place(tensors[i]);
            if (slot == null) {
                throw new GradientException(
                        title, "input " + i + " (" + tensors[i].spec() + ") does not require grad", Fault.NO_GRAPH);
            }
            slots.add(slot);
        }
        return slots;
    }

    private void run(Tensor[] roots, @Nullable Tensor[] seeds) {
        Modes.current().undecorated().withGrad(createGraph).run(() -> {
            for (Tensor root : roots) {
                plan.search(root(root));
            }
            for (int i = 0; i < roots.length; i++) {
                Slot slot = root(roots[i]);
                Tensor seed = seeds[i];
                arrive(plan.task(slot), slot.index(), seed == null ? Tensors.full(slot.spec(), Scalar.ONE) : seed);
            }
            for (Task task = plan.poll(); task != null; task = plan.poll()) {
                if (!task.done) {
                    process(task);
                }
            }
        });
    }

    private Slot root(Tensor tensor) {
        Slot slot = Slot.place(tensor);
        if (slot == null) {
            throw new GradientException(
                    title,
                    "a tensor of " + tensor.spec() + " does not depend on any that requires grad; call"
                            + " requiresGrad(true) on those before computing it, outside of noGrad",
                    Fault.NO_GRAPH);
        }
        return slot;
    }

    private void process(Task task) {
        task.done = true;
        for (int i = 0; i < task.g.length; i++) {
            Slot slot = task.slots[i];
            if (slot != null && task.g[i] != null) {
                task.g[i] = settled(slot, task.g[i]);
            }
        }
        if (task.node == null) {
            release(task.g);
            return;
        }
        @Nullable Tensor[] gradients = task.needed && task.hasCotangent() ? differentiate(task, task.node) : null;
        release(task.g);
        if (gradients != null) {
            for (int i = 0; i < gradients.length; i++) {
                Tensor gradient = gradients[i];
                Task input = task.next[i];
                Slot slot = task.inputs()[i];
                if (gradient != null && input != null && slot != null) {
                    arrive(input, slot.index(), gradient);
                }
            }
            release(gradients);
        }
        for (Task input : task.next) {
            if (input != null && --input.pending == 0 && input.node == null) {
                process(input);
            }
        }
    }

    /** Runs the node's rule in a region of its own, of which the results are kept. */
    private @Nullable Tensor[] differentiate(Task task, Node node) {
        boolean[] needs = new boolean[task.next.length];
        for (int i = 0; i < needs.length; i++) {
            Task input = task.next[i];
            needs[i] = input != null && (input.needed || input.reached);
        }
        try (Region inner = Region.open("backward")) {
            @Nullable Tensor[] gradients = node.run(cotangents(task, node), needs, createGraph, retain);
            for (int i = 0; i < gradients.length; i++) {
                Tensor gradient = gradients[i];
                Slot slot = node.inputs()[i];
                gradients[i] = null;
                if (gradient != null && slot != null && needs[i]) {
                    Tensor fitting = checked(node, i, gradient, slot.spec());
                    keep(inner, fitting);
                    hold(fitting);
                    gradients[i] = fitting;
                }
            }
            return gradients;
        }
    }

    private Tensor checked(Node node, int input, Tensor gradient, Spec spec) {
        Tensor fitting =
                gradient.spec().equals(spec) ? gradient : Checks.fitting(node.title() + " backward", gradient, spec);
        if (anomaly && fitting.isnan().any().itemBoolean()) {
            throw new GradientException(
                    node.title(), "the gradient of its input " + input + " has NaN" + node.site(), Fault.ANOMALY);
        }
        return fitting;
    }

    /** The cotangents of all outputs; zeros, which take no memory, for those that nothing used. */
    private static Tensor[] cotangents(Task task, Node node) {
        Spec[] specs = node.outputs();
        Tensor[] g = Arrays.copyOf(task.g, specs.length);
        for (int i = 0; i < g.length; i++) {
            if (g[i] == null && specs[i].dtype().isDifferentiable()) {
                g[i] = Tensors.full(specs[i].with(Shape.SCALAR), Scalar.ZERO).expand(specs[i].shape());
            }
        }
        return g;
    }

    /** Adds a gradient to what has arrived at a slot. */
    private void arrive(Task task, int index, Tensor gradient) {
        Tensor before = task.g[index];
        if (before == null) {
            task.g[index] = gradient;
            hold(gradient);
        } else if (task.isOwned(index)) {
            before.add_(gradient);
        } else {
            Tensor sum = before.add(gradient);
            hold(sum);
            task.g[index] = sum;
            if (!createGraph) {
                task.own(index);
            }
            letGo(before);
        }
    }

    /** What becomes of a complete gradient: hooks see it, then it is retained, caught or accumulated. */
    private Tensor settled(Slot slot, Tensor gradient) {
        Tensor g = gradient;
        if (slot.hasHooks()) {
            keep(region, g);
            g = slot.hooked(g);
            hold(g);
            letGo(gradient);
        }
        boolean isTarget = plan.isTarget(slot);
        if (isTarget && accumulates && slot instanceof Leaf leaf) {
            accumulate(leaf, g);
            leaf.accumulated();
        } else if (isTarget && accumulates || slot instanceof Output output && output.isRetained()) {
            keep(region, g);
            Tensor before = slot.grad();
            Tensor sum = before == null ? g : before.add(g);
            keep(region, sum);
            slot.grad(sum);
        }
        if (isTarget && !accumulates) {
            keep(region, g);
            caught.put(slot, g);
        }
        return g;
    }

    /**
     * Adds to a leaf's gradient: contiguous, shared with nobody, belonging to no region, and always the same tensor.
     */
    private void accumulate(Leaf leaf, Tensor g) {
        synchronized (leaf) {
            Tensor before = leaf.grad();
            if (before == null) {
                leaf.grad(own(g));
            } else if (createGraph) {
                try (Region _ = Region.none()) {
                    leaf.grad(before.add(g));
                }
            } else {
                before.add_(g);
            }
        }
    }

    /** The gradient as a tensor of its own: itself where nobody else has its storage, else a copy. */
    private Tensor own(Tensor g) {
        Storage storage = Checks.storage(g);
        if (!createGraph && storage != null && region.owns(storage) && storage.isHeldOnce() && Checks.fills(g)) {
            Region.share(storage);
            return Slot.DOOR.alias(g);
        }
        try (Region _ = Region.none()) {
            return g.clone();
        }
    }

    // Memory

    private static void hold(Tensor tensor) {
        Storage storage = Checks.storage(tensor);
        if (storage != null) {
            storage.hold();
        }
    }

    private void letGo(Tensor tensor) {
        Storage storage = Checks.storage(tensor);
        if (storage != null) {
            storage.unhold();
            region.free(storage, WHY);
        }
    }

    private static void keep(Region from, Tensor tensor) {
        Storage storage = Checks.storage(tensor);
        if (storage != null) {
            from.keep(storage);
        }
    }

    private void release(@Nullable Tensor[] gradients) {
        for (int i = 0; i < gradients.length; i++) {
            Tensor g = gradients[i];
            if (g != null) {
                gradients[i] = null;
                letGo(g);
            }
        }
    }
}
