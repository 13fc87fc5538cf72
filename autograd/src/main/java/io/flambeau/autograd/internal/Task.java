package io.flambeau.autograd.internal;

import io.flambeau.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one pass knows about a node or a leaf. */
final class Task {
    private static final @Nullable Slot[] NO_INPUTS = {};

    /** Null for a leaf. */
    final @Nullable Node node;

    /** The slots of the outputs that the pass has come by. */
    @Nullable Slot[] slots;

    /** The cotangents that have arrived, one for each output. */
    @Nullable Tensor[] g;

    /** Bit i is set if the pass made cotangent i itself and nobody else has it. */
    private long owned;

    /** The task of each input; null where there is nothing to track. */
    final @Nullable Task[] next;

    /** How many edges lead here from nodes that have not yet run. */
    int pending;

    /** How far the search has come in the inputs. */
    int cursor;

    /** Whether the pass wants the gradient of an output of this. */
    boolean reached;

    /** Whether something lies behind this that the pass wants a gradient of. */
    boolean needed;

    boolean done;

    Task(Slot slot) {
        node = slot instanceof Output output ? output.node : null;
        next = new Task[inputs().length];
        slots = new Slot[slot.index() + 1];
        g = new Tensor[slot.index() + 1];
        meet(slot);
    }

    /** Notes one more output. */
    void meet(Slot slot) {
        int index = slot.index();
        if (index >= slots.length) {
            slots = Arrays.copyOf(slots, index + 1);
            g = Arrays.copyOf(g, index + 1);
        }
        slots[index] = slot;
    }

    @Nullable Slot[] inputs() {
        return node == null ? NO_INPUTS : node.inputs();
    }

    boolean isOwned(int index) {
        return index < Long.SIZE && (owned >>> index & 1) != 0;
    }

    void own(int index) {
        if (index < Long.SIZE) {
            owned |= 1L << index;
        }
    }

    boolean hasCotangent() {
        for (Tensor t : g) {
            if (t != null) {
                return true;
            }
        }
        return false;
    }
}
