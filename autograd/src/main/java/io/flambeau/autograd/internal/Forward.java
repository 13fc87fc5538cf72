package io.flambeau.autograd.internal;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Autograd.Along;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Region;
import io.flambeau.tensor.spi.Storage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One derivative in a direction, taken while its function runs.
 *
 * <p>Note [Tangents]: beside its place in the graph a tensor's history has its tangents. Each operation pushes those of
 * its inputs through its own gradient rule, which is linear in the cotangent: where the Jacobian is diagonal, as of real
 * elementwise operations, the rule on the tangent is the tangent; another primitive whose rule for an input reads only
 * other inputs is linear in it, and is applied to the tangent itself; elsewhere the rule runs on some cotangent, and the gradient
 * of what it gives, with the tangent as cotangent, is the rule transposed: the tangent. So no operation has a second rule,
 * and a tangent goes when its tensor does.
 *
 * <p>Derivatives nest. What is computed for one of them sees the tangents of those around it, and not its own: that is
 * how their tangents get to its tangents.
 */
public final class Forward {
    private static final Access DOOR = Access.door();
    private static final ScopedValue<Sight> SIGHT = ScopedValue.newInstance();
    private static final Sight NOTHING = new Sight(null, true);

    /** The derivatives whose tangents are seen, innermost first, and whether graphs are drawn too. */
    private record Sight(@Nullable Forward innermost, boolean draws) {
        <T extends @Nullable Object> T call(Supplier<T> body) {
            return ScopedValue.where(SIGHT, this).call(body::get);
        }
    }

    /** The tangent of a tensor for one derivative, and those for others. */
    record Tangent(Forward of, Tensor value, @Nullable Tangent next) {
        @Nullable Tensor find(Forward wanted) {
            return wanted == of ? value : next == null ? null : next.find(wanted);
        }
    }

    private final @Nullable Forward outer;

    private Forward(@Nullable Forward outer) {
        this.outer = outer;
    }

    private static Sight sight() {
        return SIGHT.orElse(NOTHING);
    }

    /** Whether tangents are carried along. */
    static boolean isOn() {
        return sight().innermost != null;
    }

    /** Whether operations on tracked tensors are recorded. */
    static boolean draws() {
        return sight().draws;
    }

    /** Runs a body that draws a graph of its own, also where otherwise only tangents are wanted. */
    public static <T extends @Nullable Object> T drawing(Supplier<T> body) {
        return draws() ? body.get() : new Sight(sight().innermost, true).call(body);
    }

    /** A function's values and their derivatives along the tangents. */
    static Along jvp(UnaryOperator<Tensor[]> function, Tensor[] inputs, @Nullable Tensor[] tangents, boolean tracked) {
        Forward forward = new Forward(sight().innermost);
        Tensor[] arguments = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            Tensor tangent = tangents[i];
            arguments[i] = tangent == null ? inputs[i] : forward.argument(inputs[i], tangent);
        }
        Supplier<Tensor[]> body = () -> Modes.current().withGrad(true).call(() -> function.apply(arguments));
        Tensor[] values = new Sight(forward, tracked).call(body).clone();
        Tensor[] derivatives = new Tensor[values.length];
        for (int i = 0; i < values.length; i++) {
            Tensor all = Lane.everywhere(values[i]);
            Slot slot = Slot.of(Lane.bottom(all));
            Tensor derivative = slot == null ? null : slot.tangent(forward);
            derivatives[i] = derivative == null ? values[i].detach().zerosLike() : Lane.inLanesOf(all, derivative);
            if (!tracked && forward.outer == null) {
                values[i] = values[i].detach();
            }
        }
        return new Along(values, derivatives);
    }

    /** Another handle to the tensor, with the tangent. */
    private Tensor argument(Tensor x, Tensor direction) {
        Tensor everywhere = Lane.everywhere(x);
        Tensor tangent = Lane.bottom(everywhere, Checks.fitting("jvp", direction, x.spec()));
        Tensor handle = Slot.of(Lane.bottom(everywhere)) == null
                ? DOOR.alias(Lane.bottom(everywhere))
                : Lane.bottom(Tensor.bind(Branch.BRANCH, everywhere));
        Slot slot = Slot.of(handle);
        Tangent carried = new Tangent(this, tangent, slot == null ? null : slot.tangent());
        DOOR.history(handle, slot == null ? new Carried(handle.spec(), carried, true) : slot.with(carried));
        return Lane.inLanesOf(everywhere, handle);
    }

    /** The tangents of an operation's outputs, null for those that have none. */
    static @Nullable Tangent[] push(Op op, Tensor[] inputs, @Nullable Slot[] slots, Pullback pullback, Tensor[] out) {
        @Nullable Tangent[] all = new Tangent[out.length];
        Sight sight = sight();
        for (Forward forward = sight.innermost; forward != null; forward = forward.outer) {
            @Nullable Tensor[] tangents = new Tensor[inputs.length];
            boolean any = false;
            for (int i = 0; i < tangents.length; i++) {
                Slot slot = slots[i];
                tangents[i] = slot == null ? null : slot.tangent(forward);
                any |= tangents[i] != null;
            }
            if (any) {
                @Nullable Tensor[] pushed = forward.push(new Call(op, inputs, tangents, pullback, out), sight.draws);
                for (int i = 0; i < pushed.length; i++) {
                    Tensor value = pushed[i];
                    all[i] = value == null ? all[i] : new Tangent(forward, value, all[i]);
                }
            }
        }
        return all;
    }

    private @Nullable Tensor[] push(Call call, boolean draws) {
        boolean again = draws || outer != null;
        boolean direct = call.isDiagonal() || call.isLinear();
        Sight inner = new Sight(outer, draws || !direct);
        Supplier<@Nullable Tensor[]> body = call.isDiagonal()
                ? () -> new Tensor[] {call.along()}
                : direct ? () -> new Tensor[] {call.applied()} : () -> call.transposed(again);
        Modes modes = Modes.current().undecorated().withGrad(true);
        try (Region region = Region.open("jvp")) {
            @Nullable Tensor[] pushed = inner.call(() -> modes.call(() -> Frame.outside(body)));
            for (Tensor t : pushed) {
                Storage storage = t == null ? null : Checks.storage(t);
                if (storage != null) {
                    region.keep(storage);
                    storage.hold();
                }
                if (t != null && !draws) {
                    DOOR.history(t, Slot.withoutPlace(t));
                }
            }
            return pushed;
        }
    }
}
