package io.flambeau.tck;

import static java.util.stream.Collectors.joining;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Iota;
import io.flambeau.tensor.op.Move;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Site;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shadow mode: every operation runs on its device and again, on the same values, on the reference backend; the first
 * one whose results differ by more than the project's tolerances ends the run with an error that names the operation,
 * the shapes and the user's line.
 *
 * <pre>{@code
 * Shadow.run(() -> loss.call(model.call(x), y).backward());
 * }</pre>
 *
 * It costs a copy of every operand to the host and the reference backend's plain loops, so it is for small inputs.
 */
public final class Shadow implements Interpreter {
    private static final Interpreter EAGER = Access.door().eager();
    private static final Shadow SHADOW = new Shadow();

    private Shadow() {}

    /**
     * Runs the body in shadow mode.
     *
     * @throws DeviceException if a device and the reference backend differ
     */
    public static void run(Runnable body) {
        Modes.current().with(SHADOW).run(body);
    }

    /** As {@link #run}, for a body with a result. */
    public static <T extends @Nullable Object> T call(Supplier<T> body) {
        return Modes.current().with(SHADOW).call(body);
    }

    @Override
    public boolean runsWhole(Op op, Tensor[] in) {
        return EAGER.runsWhole(op, in);
    }

    @Override
    public Tensor[] bind(Op op, Tensor[] in) {
        Tensor[] out = EAGER.bind(op, in);
        if (hasDefinition(op, in)) {
            plainly(() -> compare(op, in, out, expected(op, copies(in))));
        }
        return out;
    }

    /** The operands are copied first, since a destination may be one of them. */
    @Override
    public void bindInto(Op op, Tensor[] in, Tensor[] destinations) {
        if (!hasDefinition(op, in)) {
            EAGER.bindInto(op, in, destinations);
            return;
        }
        Tensor[] there = Modes.current().eager().call(() -> copies(in));
        EAGER.bindInto(op, in, destinations);
        plainly(() -> compare(op, in, destinations, expected(op, there)));
    }

    private static void plainly(Runnable body) {
        Modes.current().eager().run(body);
    }

    /**
     * Whether the reference backend can be asked: not for views and moves, which compute nothing, not for what is
     * already there, and not for a derived operation that runs as its parts, since those are looked at one by one.
     */
    private static boolean hasDefinition(Op op, Tensor[] in) {
        return switch (op) {
            case ViewOp _, Move _ -> false;
            case Fill fill -> isElsewhere(fill.spec().device());
            case Iota iota -> isElsewhere(iota.spec().device());
            case Random random -> isElsewhere(random.spec().device());
            case Derived _ -> in.length > 0 && isElsewhere(in[0].device()) && EAGER.runsWhole(op, in);
            default -> in.length > 0 && isElsewhere(in[0].device());
        };
    }

    private static boolean isElsewhere(Device device) {
        return !device.equals(Case.REFERENCE);
    }

    private static Tensor[] copies(Tensor[] in) {
        return Arrays.stream(in).map(x -> x.detach().to(Case.REFERENCE)).toArray(Tensor[]::new);
    }

    private static Tensor[] expected(Op op, Tensor[] in) {
        return EAGER.bind(
                switch (op) {
                    case Fill fill -> new Fill(fill.spec().with(Case.REFERENCE), fill.value());
                    case Iota iota -> new Iota(iota.spec().with(Case.REFERENCE), iota.start(), iota.step());
                    case Random random ->
                        new Random(random.spec().with(Case.REFERENCE), random.seed(), random.offset());
                    default -> op;
                },
                in);
    }

    private static void compare(Op op, Tensor[] in, Tensor[] actual, Tensor[] expected) {
        for (int i = 0; i < actual.length; i++) {
            try {
                Comparison.assertClose("output " + i, actual[i], expected[i], Tolerances.of(op));
            } catch (AssertionError e) {
                throw new DeviceException(
                        op.title(),
                        actual[i].device() + " and " + Case.REFERENCE + " differ: " + e.getMessage() + "; inputs "
                                + Arrays.stream(in)
                                        .map(x -> x.shape() + " " + x.dtype())
                                        .collect(joining(", "))
                                + "; called at " + Site.current(),
                        Fault.BACKEND_DIFFERS,
                        e);
            }
        }
    }
}
