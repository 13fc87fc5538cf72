package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Cast;
import io.flambeau.tensor.op.Copy;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Autograd;
import io.flambeau.tensor.spi.Decorator;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import jdk.jfr.FlightRecorder;

/**
 * The one door: every operation of every tensor passes here.
 *
 * <p>The order of interpreters is fixed: decorators (batching, automatic casts), gradients, then the terminal
 * interpreter, which is {@link Eager} unless a trace is being written.
 */
public final class Dispatch {
    private static final Access DOOR = Access.door();
    private static volatile DType defaultFloat = DType.F32;

    private Dispatch() {}

    /** The outputs of the operation. */
    public static Tensor[] bind(Op op, Tensor... in) {
        Modes modes = Modes.current();
        Decorator[] above = modes.above();
        return above.length == 0 ? below(modes, op, in) : above[0].bind(op, in, new Rest(modes.withoutFirst()));
    }

    /** The only output of the operation. */
    public static Tensor one(Op op, Tensor... in) {
        return bind(op, in)[0];
    }

    /** Writes the outputs into destinations whose specs equal the inferred ones. */
    public static void bindInto(Op op, Tensor[] in, Tensor[] destinations) {
        Modes modes = Modes.current();
        Decorator[] above = modes.above();
        if (above.length == 0) {
            belowInto(modes, op, in, destinations);
        } else {
            above[0].bindInto(op, in, destinations, new Rest(modes.withoutFirst()));
        }
    }

    /**
     * Computes the operation and writes its only output into the target, converting the dtype within its category.
     *
     * @throws DTypeException if the result's category is higher than the target's
     */
    public static Tensor into(Tensor target, Op op, Tensor... in) {
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < in.length; i++) {
            specs[i] = in[i].spec();
        }
        Spec out = op.infer(specs)[0];
        if (out.equals(target.spec())) {
            bindInto(op, in, new Tensor[] {target});
            return target;
        }
        return write(op.title() + "_", target, one(op, in));
    }

    /** Writes a value into the target: broadcast to its shape, converted to its dtype. */
    public static Tensor write(String operation, Tensor target, Tensor value) {
        if (!target.dtype().accepts(value.dtype())) {
            throw new DTypeException(
                    operation,
                    "a result of " + value.dtype() + " cannot be written into " + target.dtype()
                            + "; use the form without underscore, or convert with to(dtype)",
                    Fault.BAD_RESULT_DTYPE);
        }
        return assign(target, value);
    }

    /** As {@link #write}, but converts any dtype to any other, as {@code copy_} does. */
    public static Tensor assign(Tensor target, Tensor value) {
        Tensor source = value;
        if (!source.device().equals(target.device())) {
            source = source.to(target.device());
        }
        if (!source.shape().equals(target.shape())) {
            source = source.expand(target.shape());
        }
        Op op = source.dtype() == target.dtype() ? Copy.COPY : new Cast(target.dtype());
        bindInto(op, new Tensor[] {source}, new Tensor[] {target});
        return target;
    }

    private static boolean tracked(Tensor[] tensors) {
        for (Tensor t : tensors) {
            if (DOOR.history(t) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether a write must be recorded, or refused: also one through a view made while gradients were off. */
    private static boolean trackedThrough(Tensor[] destinations) {
        for (Tensor t : destinations) {
            Tensor base = DOOR.base(t);
            if (DOOR.history(t) != null || base != null && DOOR.history(base) != null) {
                return true;
            }
        }
        return false;
    }

    /** What runs operations unless another terminal interpreter is bound. */
    public static Interpreter eager() {
        return Eager.EAGER;
    }

    private static Interpreter terminal(Modes modes) {
        Interpreter terminal = modes.terminal();
        if (terminal != null) {
            return terminal;
        }
        return FlightRecorder.isInitialized() && OperationEvent.isOn() ? Recorder.FLIGHT : Eager.EAGER;
    }

    private static Tensor[] below(Modes modes, Op op, Tensor[] in) {
        Interpreter terminal = terminal(modes);
        if (modes.grad() && tracked(in)) {
            return Services.autograd(op.title()).record(op, in, terminal);
        }
        Tensor[] out = terminal.bind(op, in);
        if (modes.inference()) {
            for (Tensor t : out) {
                DOOR.markInference(t);
            }
        }
        return out;
    }

    /** Refuses to write outside of inference mode what was made inside. */
    static void refuseInference(Modes modes, String operation, Tensor target) {
        if (DOOR.isInference(target) && !modes.inference()) {
            throw new GradientException(
                    operation,
                    "a tensor of shape " + target.shape()
                            + " that was made in inference mode cannot be written outside of it; write into its"
                            + " clone()",
                    Fault.NOT_DIFFERENTIABLE);
        }
    }

    private static void belowInto(Modes modes, Op op, Tensor[] in, Tensor[] destinations) {
        for (Tensor t : destinations) {
            refuseInference(modes, op.title(), t);
        }
        Interpreter terminal = terminal(modes);
        if (modes.grad() && (tracked(in) || trackedThrough(destinations))) {
            Services.autograd(op.title()).recordInto(op, in, destinations, terminal);
        } else {
            terminal.bindInto(op, in, destinations);
        }
    }

    /** What lies below a decorator: it runs without that decorator, so that decompositions do not meet it again. */
    private record Rest(Modes modes) implements Interpreter {
        @Override
        public Tensor[] bind(Op op, Tensor[] in) {
            return modes.call(() -> Dispatch.bind(op, in));
        }

        @Override
        public void bindInto(Op op, Tensor[] in, Tensor[] destinations) {
            modes.run(() -> Dispatch.bindInto(op, in, destinations));
        }
    }

    /** The engine of gradients, or an error that names the dependency to add. */
    public static Autograd autograd(String operation) {
        return Services.autograd(operation);
    }

    /** The floating dtype of tensors made from Java's floating numbers. */
    public static DType defaultFloat() {
        DType scoped = Modes.current().dtype();
        return scoped == null ? defaultFloat : scoped;
    }

    public static void defaultFloat(DType dtype) {
        defaultFloat = dtype;
    }

    /** The device of new tensors. */
    public static Device defaultDevice() {
        Device scoped = Modes.current().device();
        return scoped == null ? Backends.preferred() : scoped;
    }
}
