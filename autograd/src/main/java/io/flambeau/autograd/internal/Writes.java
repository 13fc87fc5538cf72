package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Aliasing;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operations that overwrite their destination: the destination's history becomes the operation's.
 *
 * <p>Note [Writing through a view]: the base then is what {@code put} makes of the old base and the written value,
 * where put is the law adjoint to the view's own gradient; the view and its siblings derive their history from the new
 * base.
 */
final class Writes {
    private static final Access DOOR = Access.door();

    private Writes() {}

    /** Refuses what cannot be recorded, before anything is written. */
    static void check(Op op, Tensor destination) {
        Tensor base = DOOR.base(destination);
        if (isFixed(destination)) {
            throw new GradientException(
                    op.title() + "_",
                    "a leaf that requires grad would be overwritten in place; do it inside Tensors.noGrad, or use the"
                            + " operation without underscore",
                    Fault.LEAF_WRITE);
        }
        if (base == null) {
            return;
        }
        if (isFixed(base)) {
            throw new GradientException(
                    op.title() + "_",
                    "a view of a leaf that requires grad would be overwritten in place; do it inside Tensors.noGrad, or"
                            + " write into a clone",
                    Fault.LEAF_WRITE);
        }
        if (Slot.of(base) != null
                && Slot.of(destination) == null
                && destination.dtype().isDifferentiable()) {
            throw new GradientException(
                    op.title() + "_",
                    "a view of shape " + destination.shape() + " that was made while gradients were off would be"
                            + " overwritten while they are on; take the view again, or write inside Tensors.noGrad",
                    Fault.VIEW_WRITE);
        }
        if (DOOR.isOneOfSeveral(destination)) {
            throw new GradientException(
                    op.title() + "_",
                    "one of several views made by split, chunk or unbind would be overwritten in place, which cannot be"
                            + " differentiated; take a single view with narrow or select, or write into a clone",
                    Fault.VIEW_WRITE);
        }
    }

    private static boolean isFixed(Tensor tensor) {
        Slot slot = Slot.of(tensor);
        return slot != null && slot.isFixed();
    }

    static void record(Op op, Tensor[] in, Tensor[] destinations, Interpreter next) {
        int count = destinations.length;
        Tensor[] out = new Tensor[count];
        for (int i = 0; i < count; i++) {
            out[i] = DOOR.alias(destinations[i]);
        }
        @Nullable Slot[] inputs = Node.slots(in);
        Aliasing.@Nullable Write[] through = new Aliasing.Write[count];
        @Nullable Slot[] bases = new Slot[count];
        for (int i = 0; i < count; i++) {
            Tensor base = DOOR.base(destinations[i]);
            bases[i] = Slot.of(base == null ? destinations[i] : base);
            through[i] = base == null ? null : Aliasing.Write.through(op.title() + "_", base, destinations[i]);
        }
        Pullback pullback = op.pullback(in, out);
        if (pullback != null) {
            pullback = rescued(pullback, inputs, destinations, out);
        }
        next.bindInto(op, in, destinations);
        if (pullback != null) {
            Node.attach(op, in, inputs, pullback, out);
        }
        for (int i = 0; i < count; i++) {
            Slot written = Slot.of(out[i]);
            Aliasing.Write write = through[i];
            if (write == null) {
                settle(op, destinations[i], written, bases[i]);
            } else if (written != null || bases[i] != null) {
                follow(write, out[i]);
            }
        }
    }

    /** The history of a base into which the value was written through a view. */
    private static void follow(Aliasing.Write write, Tensor written) {
        Tensor[] in = {write.whole(), write.value(written)};
        Tensor[] whole = {DOOR.alias(write.whole())};
        Op put = write.put();
        Pullback rule = Objects.requireNonNull(put.pullback(in, whole), () -> put + " has no gradient");
        Node.attach(put, in, Node.slots(in), rule, whole);
        DOOR.history(write.base(), DOOR.history(write.after(whole[0])));
    }

    /**
     * The history of a destination that was overwritten as a whole. One that was tracked stays so, also when a constant
     * was written over it: its gradient then ends here.
     */
    private static void settle(Op op, Tensor destination, @Nullable Slot written, @Nullable Slot before) {
        if (written != null) {
            DOOR.history(destination, written);
        } else if (before instanceof Carried) {
            DOOR.history(destination, new Carried(before.spec(), null, false));
        } else if (before != null) {
            Pullback none = Pullback.joint((g, s, needs) -> new Tensor[0]);
            Node.attach(op, new Tensor[0], new Slot[0], none, new Tensor[] {destination});
        }
    }

    /** The rule with copies of those saved inputs that are about to be overwritten. */
    private static Pullback rescued(Pullback pullback, @Nullable Slot[] inputs, Tensor[] destinations, Tensor[] out) {
        Tensor[] saved = pullback.saved();
        for (int k = 0; k < saved.length; k++) {
            if (Node.isRead(pullback, inputs, k) && !contains(out, saved[k]) && isOverwritten(saved[k], destinations)) {
                Tensor old = saved[k];
                Slot history = Slot.of(old);
                saved[k] = Modes.current().undecorated().withGrad(false).call(old::clone);
                DOOR.history(saved[k], history);
            }
        }
        return pullback;
    }

    private static boolean contains(Tensor[] tensors, Tensor tensor) {
        for (Tensor t : tensors) {
            if (t == tensor) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOverwritten(Tensor value, Tensor[] destinations) {
        for (Tensor destination : destinations) {
            if (Checks.storage(value) != null
                    && Checks.storage(destination) != null
                    && DOOR.rawView(value).overlaps(DOOR.rawView(destination))) {
                return true;
            }
        }
        return false;
    }
}
