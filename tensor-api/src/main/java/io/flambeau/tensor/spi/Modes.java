package io.flambeau.tensor.spi;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Generator;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How operations are interpreted in the running code: bound with a lambda, so that a mode cannot leak, and captured as a
 * value, so that another thread can take it over.
 *
 * @param grad whether operations are recorded for gradients
 * @param inference whether results may never be part of a graph
 * @param above the decorators above gradients, outermost first: batching before automatic casts
 * @param terminal what runs operations; null for eager execution
 * @param device the default device, null for the process-wide one
 * @param dtype the default floating dtype, null for the process-wide one
 * @param generator the standard generator, null for the process-wide one
 * @param site whether operations note the user's line that called them
 */
public record Modes(
        boolean grad,
        boolean inference,
        Decorator[] above,
        @Nullable Interpreter terminal,
        @Nullable Device device,
        @Nullable DType dtype,
        @Nullable Generator generator,
        boolean site) {
    private static final ScopedValue<Modes> CURRENT = ScopedValue.newInstance();
    private static final Decorator[] NONE = {};

    /** Gradients on, eager, process-wide defaults. */
    public static final Modes DEFAULT = new Modes(true, false, NONE, null, null, null, null, false);

    /** The modes of the running code. */
    public static Modes current() {
        return CURRENT.orElse(DEFAULT);
    }

    /** Whether operations go straight to gradients and eager execution. */
    public boolean isPlain() {
        return above.length == 0 && terminal == null;
    }

    /** Runs the body under these modes. */
    public <T extends @Nullable Object> T call(Supplier<T> body) {
        return ScopedValue.where(CURRENT, this).call(body::get);
    }

    /** Runs the body under these modes. */
    public void run(Runnable body) {
        ScopedValue.where(CURRENT, this).run(body);
    }

    public Modes withGrad(boolean on) {
        return new Modes(on && !inference, inference, above, terminal, device, dtype, generator, site);
    }

    public Modes withInference() {
        return new Modes(false, true, above, terminal, device, dtype, generator, site);
    }

    /** With one more decorator, innermost unless {@code outermost}. */
    public Modes with(Decorator decorator, boolean outermost) {
        Decorator[] more = Arrays.copyOf(above, above.length + 1);
        if (outermost) {
            System.arraycopy(above, 0, more, 1, above.length);
            more[0] = decorator;
        } else {
            more[above.length] = decorator;
        }
        return new Modes(grad, inference, more, terminal, device, dtype, generator, site);
    }

    /** Without the outermost decorator: how what lies below it runs. */
    public Modes withoutFirst() {
        Decorator[] fewer = above.length == 1 ? NONE : Arrays.copyOfRange(above, 1, above.length);
        return new Modes(grad, inference, fewer, terminal, device, dtype, generator, site);
    }

    /** Without any decorator: how an engine calls operations on what lies below all of them. */
    public Modes undecorated() {
        return above.length == 0 ? this : new Modes(grad, inference, NONE, terminal, device, dtype, generator, site);
    }

    public Modes with(Interpreter interpreter) {
        return new Modes(grad, inference, above, interpreter, device, dtype, generator, site);
    }

    /** Without recording, decorators or another terminal interpreter: operations are only run. */
    public Modes eager() {
        return new Modes(false, inference, NONE, null, device, dtype, generator, site);
    }

    public Modes with(Device other) {
        return new Modes(grad, inference, above, terminal, other, dtype, generator, site);
    }

    public Modes with(DType other) {
        return new Modes(grad, inference, above, terminal, device, other, generator, site);
    }

    public Modes with(Generator other) {
        return new Modes(grad, inference, above, terminal, device, dtype, other, site);
    }

    public Modes withSite(boolean on) {
        return new Modes(grad, inference, above, terminal, device, dtype, generator, on);
    }
}
