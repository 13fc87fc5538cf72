package io.flambeau.autograd.internal;

import io.flambeau.autograd.internal.Forward.Tangent;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Site;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation: where its inputs came from, its gradient rule, and the values that this needs.
 *
 * <p>Passes of several threads may meet in a node; each runs it under the node's monitor.
 */
final class Node {
    private static final Access DOOR = Access.door();
    private static final Kept[] NOTHING = {};

    private final Op op;
    private final @Nullable Slot[] inputs;
    private final Pullback.Joint rule;
    private final @Nullable String site;
    private final Spec[] outputs;
    private @Nullable Kept @Nullable [] saved = NOTHING;

    private Node(Op op, @Nullable Slot[] inputs, Pullback pullback, Tensor[] out) {
        this.op = op;
        this.inputs = inputs;
        this.rule = pullback.rule();
        this.outputs = new Spec[out.length];
        this.site = Modes.current().site() ? Site.current() : null;
    }

    /** The slots of an operation's inputs. */
    static @Nullable Slot[] slots(Tensor[] in) {
        @Nullable Slot[] slots = new Slot[in.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = Slot.of(in[i]);
        }
        return slots;
    }

    /** Records an operation that has run: its outputs get their histories. */
    static void attach(Op op, Tensor[] in, @Nullable Slot[] inputs, Pullback pullback, Tensor[] out) {
        if (Forward.isOn()) {
            @Nullable Tangent[] tangents = Forward.push(op, in, inputs, pullback, out);
            attach(Forward.draws() ? places(inputs) : null, op, pullback, out, tangents);
        } else {
            attach(inputs, op, pullback, out, null);
        }
    }

    /** The inputs that have a place in a graph; null if there are inputs and none has. */
    private static @Nullable Slot @Nullable [] places(@Nullable Slot[] inputs) {
        @Nullable Slot[] places = new Slot[inputs.length];
        boolean any = inputs.length == 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = Slot.place(inputs[i]);
            any |= places[i] != null;
        }
        return any ? places : null;
    }

    private static void attach(
            @Nullable Slot @Nullable [] inputs,
            Op op,
            Pullback pullback,
            Tensor[] out,
            @Nullable Tangent @Nullable [] tangents) {
        Node node = inputs == null ? null : new Node(op, inputs, pullback, out);
        boolean tracked = false;
        for (int i = 0; i < out.length; i++) {
            Spec spec = out[i].spec();
            Tangent tangent = tangents == null ? null : tangents[i];
            boolean varies = spec.dtype().isDifferentiable() && !pullback.isConstant(i);
            if (node != null) {
                node.outputs[i] = spec;
            }
            if (varies && node != null) {
                DOOR.history(out[i], new Output(node, i, spec, tangent));
                tracked = true;
            } else if (varies && tangent != null) {
                DOOR.history(out[i], new Carried(spec, tangent, false));
            }
        }
        if (tracked && node != null) {
            node.save(pullback);
        }
    }

    private void save(Pullback pullback) {
        Tensor[] values = pullback.saved();
        if (values.length > 0) {
            Kept[] kept = new Kept[values.length];
            for (int k = 0; k < values.length; k++) {
                if (isRead(pullback, inputs, k)) {
                    kept[k] = Kept.of(title(), values[k]);
                }
            }
            saved = kept;
        }
    }

    /** Whether the gradient of a tracked input reads the saved value. */
    static boolean isRead(Pullback pullback, @Nullable Slot[] inputs, int value) {
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] != null && pullback.reads(i, value)) {
                return true;
            }
        }
        return false;
    }

    Op op() {
        return op;
    }

    String title() {
        return op.title();
    }

    @Nullable Slot[] inputs() {
        return inputs;
    }

    Spec[] outputs() {
        return outputs;
    }

    /** The values kept; null once they were freed. */
    @Nullable Kept @Nullable [] saved() {
        return saved;
    }

    /** The user's line that called the operation as the end of a sentence; empty where it was not noted. */
    String site() {
        return site == null ? "" : "; it was called at " + site;
    }

    /**
     * The gradients of the inputs.
     *
     * @param g one cotangent for each output
     * @param needs which inputs need a gradient
     * @param tracked whether the rule is itself recorded
     * @param retain whether the saved values are kept for another pass
     */
    synchronized @Nullable Tensor[] run(Tensor[] g, boolean[] needs, boolean tracked, boolean retain) {
        @Nullable Kept[] kept = saved;
        if (kept == null) {
            throw new GradientException(
                    title(),
                    "the values that its gradient needs were freed when an earlier backward had used them; pass"
                            + " retainGraph to the first one" + site(),
                    Fault.GRAPH_FREED);
        }
        Tensor[] values = new Tensor[kept.length];
        for (int k = 0; k < kept.length; k++) {
            Kept s = kept[k];
            if (s != null) {
                values[k] = s.unpack(this, tracked);
            }
        }
        @Nullable Tensor[] gradients = rule.apply(g, values, needs);
        if (gradients.length != inputs.length) {
            throw new GradientException(
                    title(),
                    "its backward gave " + gradients.length + " gradients for " + inputs.length
                            + " inputs; give one for each, null where there is none",
                    Fault.BAD_GRADIENT);
        }
        if (!retain) {
            free();
        }
        return gradients;
    }

    private void free() {
        @Nullable Kept[] kept = saved;
        if (kept != null && kept.length > 0) {
            saved = null;
            for (Kept s : kept) {
                if (s != null) {
                    s.free();
                }
            }
        }
    }
}
