package io.flambeau.autograd.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pass goes through, in which order, and what it wants the gradients of. */
final class Plan {
    private final Map<Object, Task> tasks = new IdentityHashMap<>();
    private final List<Task> order = new ArrayList<>();
    private final @Nullable Set<Slot> targets;

    /**
     * Makes an empty plan.
     *
     * @param targets what gradients are wanted of; null for every leaf
     */
    Plan(@Nullable Set<Slot> targets) {
        this.targets = targets;
    }

    boolean isTarget(Slot slot) {
        return targets == null ? slot instanceof Leaf : targets.contains(slot);
    }

    /** The next task whose dependents have all been given; null at the end. */
    @Nullable Task poll() {
        return order.isEmpty() ? null : order.removeLast();
    }

    /** The task of the slot's owner. */
    Task task(Slot slot) {
        Task task = tasks.get(slot.owner());
        if (task == null) {
            task = new Task(slot);
            tasks.put(slot.owner(), task);
        } else {
            task.meet(slot);
        }
        task.reached |= isTarget(slot);
        return task;
    }

    /** Adds what the slot depends on, everything after its own inputs; without recursion, for graphs of any depth. */
    void search(Slot root) {
        boolean isKnown = tasks.containsKey(root.owner());
        Task first = task(root);
        if (isKnown) {
            return;
        }
        ArrayDeque<Task> path = new ArrayDeque<>();
        path.push(first);
        while (!path.isEmpty()) {
            Task task = path.peek();
            @Nullable Slot[] inputs = task.inputs();
            if (task.cursor == inputs.length) {
                finish(path.pop());
                continue;
            }
            Slot slot = inputs[task.cursor];
            if (slot != null) {
                boolean isNew = !tasks.containsKey(slot.owner());
                Task input = task(slot);
                input.pending++;
                task.next[task.cursor] = input;
                if (isNew) {
                    path.push(input);
                }
            }
            task.cursor++;
        }
    }

    private void finish(Task task) {
        for (int i = 0; i < task.next.length; i++) {
            Task input = task.next[i];
            task.needed |= input != null && (input.needed || input.reached);
        }
        order.add(task);
    }
}
