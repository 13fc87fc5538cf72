package io.flambeau.tensor;

import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.HostArrays;
import io.flambeau.tensor.internal.Printer;
import io.flambeau.tensor.op.Copy;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.Move;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Autograd;
import io.flambeau.tensor.spi.History;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Standing;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A multi-dimensional array of one dtype on one device, and the handle through which it is differentiated.
 *
 * <p>A tensor is a handle: its data, its history and what it is a view of can be replaced together, so that in-place
 * operations and device moves keep the identity that others refer to. The methods come from one interface for each
 * family: {@link Arithmetic}, {@link Functions}, {@link Comparisons}, {@link Reductions}, {@link Statistics},
 * {@link Shaping}, {@link Rearranging}, {@link Indexing}, {@link Ordering}, {@link Matrices}, {@link InPlace}, {@link Placing},
 * {@link Viewing}, {@link Sampling}, {@link Likeness}.
 *
 * <pre>{@code
 * Tensor x = Tensors.of(new float[][] {{1, 2}, {3, 4}}).requiresGrad(true);
 * x.mul(x).sum().backward();
 * x.grad();                                  // tensor([[2., 4.], [6., 8.]])
 * }</pre>
 */
public final class Tensor
        implements Arithmetic,
                Functions,
                Comparisons,
                Reductions,
                Statistics,
                Shaping,
                Rearranging,
                Indexing,
                Ordering,
                Matrices,
                InPlace,
                Placing,
                Viewing,
                Sampling,
                Likeness,
                Index {
    private Spec spec;
    private @Nullable View view;
    private final @Nullable Object symbol;
    private @Nullable History history;
    private @Nullable Tensor base;
    private boolean oneOfSeveral;
    private boolean inference;
    /** The version of the base's storage that the history of this view belongs to. */
    private int seen;

    private Tensor(Spec spec, @Nullable View view, @Nullable Object symbol) {
        this.spec = spec;
        this.view = view;
        this.symbol = symbol;
    }

    /** The door through which interpreters and engines reach the inside. */
    private static final class Door extends Access {
        @Override
        public Interpreter eager() {
            return Dispatch.eager();
        }

        @Override
        public Autograd autograd(String caller) {
            return Dispatch.autograd(caller);
        }

        @Override
        public Tensor of(View view, Spec spec) {
            return new Tensor(spec, view, null);
        }

        @Override
        public Tensor symbolic(Spec spec, Object symbol) {
            return new Tensor(spec, null, symbol);
        }

        @Override
        public @Nullable Object symbol(Tensor tensor) {
            return tensor.symbol;
        }

        @Override
        public View view(Tensor tensor, Object caller) {
            View view = tensor.view;
            if (view == null) {
                throw new TensorException(
                        caller instanceof Op op ? op.title() : caller.toString(),
                        "the value of a tensor (" + tensor.spec + ") is not known while tracing or batching; move this"
                                + " out of the traced function",
                        Fault.NO_VALUE);
            }
            view.storage().check(caller);
            return view;
        }

        @Override
        public View rawView(Tensor tensor) {
            View view = tensor.view;
            return view != null ? view : view(tensor, "data");
        }

        @Override
        public @Nullable History history(Tensor tensor) {
            if (tensor.symbol instanceof Standing standing) {
                return history(standing.target());
            }
            Tensor base = tensor.base;
            if (base != null
                    && base.view != null
                    && tensor.seen != base.view.storage().version()) {
                tensor.seen = base.view.storage().version();
                if (base.history != null) {
                    Dispatch.autograd("view").refresh(tensor, base, tensor.history);
                }
            }
            return tensor.history;
        }

        @Override
        public void history(Tensor tensor, @Nullable History history) {
            tensor.history = history;
        }

        @Override
        public @Nullable Tensor base(Tensor tensor) {
            return tensor.base;
        }

        @Override
        public void viewOf(Tensor tensor, Tensor of, boolean several) {
            tensor.base = of.base == null ? of : of.base;
            tensor.oneOfSeveral = several || of.oneOfSeveral;
            tensor.inference = of.inference;
            fresh(tensor);
        }

        @Override
        public boolean isOneOfSeveral(Tensor tensor) {
            return tensor.oneOfSeveral;
        }

        @Override
        public void fresh(Tensor tensor) {
            if (tensor.base != null && tensor.base.view != null) {
                tensor.seen = tensor.base.view.storage().version();
            }
        }

        @Override
        public void markInference(Tensor tensor) {
            tensor.inference = true;
        }

        @Override
        public boolean isInference(Tensor tensor) {
            return tensor.inference;
        }

        @Override
        public void replace(Tensor tensor, View view, Spec spec) {
            tensor.view = view;
            tensor.spec = spec;
            tensor.base = null;
        }

        @Override
        public void look(Tensor tensor, Tensor through) {
            tensor.view = through.view;
            tensor.spec = through.spec;
            if (through.history != null) {
                tensor.history = through.history;
            }
            fresh(tensor);
        }

        @Override
        public Tensor alias(Tensor tensor) {
            Tensor alias = new Tensor(tensor.spec, tensor.view, tensor.symbol);
            alias.inference = tensor.inference;
            return alias;
        }
    }

    static {
        Access.install(new Door());
    }

    /** The only output of an operation. */
    public static Tensor bind(Op op, Tensor... in) {
        return Dispatch.one(op, in);
    }

    /** All outputs of an operation. */
    public static Tensor[] bindAll(Op op, Tensor... in) {
        return Dispatch.bind(op, in);
    }

    /** Writes all outputs of an operation into destinations of the inferred specs, which may be inputs if it is elementwise. */
    public static void bindInto(Op op, Tensor[] in, Tensor[] destinations) {
        Dispatch.bindInto(op, in, destinations);
    }

    /** A tensor whose elements are not yet set. */
    public static Tensor empty(Spec spec) {
        return Tensors.empty(spec);
    }

    /** The tensors side by side along a new axis. */
    public static Tensor stackAll(int axis, Tensor... tensors) {
        return Tensors.stack(axis, tensors);
    }

    public Spec spec() {
        return spec;
    }

    public Shape shape() {
        return spec.shape();
    }

    public DType dtype() {
        return spec.dtype();
    }

    public Device device() {
        return spec.device();
    }

    /** The number of axes. */
    public int rank() {
        return spec.shape().rank();
    }

    /** The size along an axis; negative axes count from the end. */
    public long size(int axis) {
        return spec.shape().size(axis);
    }

    /** The number of elements. */
    public long count() {
        return spec.shape().count();
    }

    /** The strides in elements. */
    public long[] strides() {
        return Access.door().rawView(this).strides().clone();
    }

    /** The offset of the first element in the storage, in elements. */
    public long storageOffset() {
        return Access.door().rawView(this).offset();
    }

    /** Whether the elements lie one after another in row-major order. */
    public boolean isContiguous() {
        return view == null || view.isContiguous();
    }

    /** Whether the memory is there to be used. */
    public boolean isLive() {
        return view == null || view.storage().isLive();
    }

    /** How often the memory was written in place. */
    public int version() {
        return Access.door().rawView(this).storage().version();
    }

    // Gradients

    /** Whether operations on this tensor are recorded. */
    public boolean requiresGrad() {
        return Access.door().history(this) != null;
    }

    /**
     * Makes this a leaf whose gradient is wanted, or frees it of that. Returns this tensor.
     *
     * @throws DTypeException unless the dtype is floating or complex
     * @throws NoBackendException if the autograd module is missing
     */
    public Tensor requiresGrad(boolean wanted) {
        if (wanted || history != null) {
            Dispatch.autograd("requiresGrad").requireGrad(this, wanted);
        }
        return this;
    }

    /** Whether this tensor was made by the user and not by a recorded operation. */
    public boolean isLeaf() {
        History h = Access.door().history(this);
        return h == null || h.isLeaf();
    }

    /** The accumulated gradient, or null before the first backward. */
    public @Nullable Tensor grad() {
        History h = Access.door().history(this);
        return h == null ? null : h.grad();
    }

    /** Replaces the accumulated gradient; null drops it. */
    public void grad(@Nullable Tensor gradient) {
        History h = Access.door().history(this);
        if (h != null) {
            h.grad(gradient);
        } else if (gradient != null) {
            throw new GradientException("grad", "this tensor does not require grad", Fault.NO_GRAPH);
        }
    }

    /** Drops the gradient and returns its memory at once: whoever still has the tensor cannot read it any more. */
    public void zeroGrad() {
        Tensor gradient = grad();
        if (gradient != null) {
            grad(null);
            View memory = gradient.view;
            if (memory != null && gradient.history == null && !memory.storage().held()) {
                memory.storage().release("by zeroGrad; clone a gradient that is to live longer");
            }
        }
    }

    /** Accumulates the gradients of this scalar into the leaves it depends on. */
    public void backward() {
        Dispatch.autograd("backward").backward(new Tensor[] {this}, null, false, false, null);
    }

    /** As {@link #backward()}, from a cotangent of this tensor's shape. */
    public void backward(Tensor cotangent) {
        Dispatch.autograd("backward").backward(new Tensor[] {this}, new Tensor[] {cotangent}, false, false, null);
    }

    /**
     * As {@link #backward()}.
     *
     * @param cotangent null for the one of a scalar
     * @param retainGraph whether saved values are kept for another backward
     * @param createGraph whether the gradients can themselves be differentiated; implies {@code retainGraph}
     */
    public void backward(@Nullable Tensor cotangent, boolean retainGraph, boolean createGraph) {
        Dispatch.autograd("backward")
                .backward(new Tensor[] {this}, new Tensor[] {cotangent}, retainGraph || createGraph, createGraph, null);
    }

    /** Keeps the gradient of a tensor that is no leaf. Returns this tensor. */
    public Tensor retainGrad() {
        History h = Access.door().history(this);
        if (h == null) {
            throw new GradientException("retainGrad", "this tensor does not require grad", Fault.NO_GRAPH);
        }
        h.retainGrad();
        return this;
    }

    /** Runs the hook on this tensor's gradient; a non-null result replaces it. The handle removes the hook. */
    public Runnable registerHook(UnaryOperator<@Nullable Tensor> hook) {
        History h = Access.door().history(this);
        if (h == null) {
            throw new GradientException("registerHook", "this tensor does not require grad", Fault.NO_GRAPH);
        }
        return h.hook(hook);
    }

    /**
     * Calls back when a backward pass has accumulated into this leaf's gradient: an optimizer may take its step for this
     * parameter and drop the gradient at once. The handle removes the hook.
     */
    public Runnable registerPostAccumulateGradHook(Consumer<Tensor> hook) {
        History h = Access.door().history(this);
        if (h == null || !h.isLeaf()) {
            throw new GradientException(
                    "registerPostAccumulateGradHook", "only leaves that require grad accumulate", Fault.NO_GRAPH);
        }
        return h.afterAccumulation(() -> hook.accept(this));
    }

    /** The same data without history. Writes through either are seen by both. */
    public Tensor detach() {
        return symbol instanceof Standing standing
                ? standing.detached()
                : Access.door().alias(this);
    }

    /**
     * Makes this tensor forget its history, in place.
     *
     * @throws GradientException if this is a view, whose history is its base's
     */
    public Tensor detach_() {
        if (base != null) {
            throw new GradientException(
                    "detach_",
                    "this tensor of shape " + shape() + " is a view and follows its base; use detach()",
                    Fault.VIEW_WRITE);
        }
        history = null;
        return this;
    }

    // Reading

    private View dataView(String operation) {
        return Access.door().view(this, operation);
    }

    private HostArray one(String operation) {
        if (count() != 1) {
            throw new ShapeException(
                    operation, "needs a tensor of one element, this one has shape " + shape(), Fault.SHAPE_MISMATCH);
        }
        byte[] bytes = HostArrays.bytes(dataView(operation), Backends.of(device()));
        return HostArrays.widen(MemorySegment.ofArray(bytes), dtype(), Shape.SCALAR);
    }

    /** The value of a one-element tensor as a double; the real part of a complex one. */
    public double item() {
        HostArray value = one("item");
        return value.reals().length > 0 ? value.reals()[0] : value.integers()[0];
    }

    /** The value of a one-element tensor as a long. */
    public long itemLong() {
        HostArray value = one("itemLong");
        return value.reals().length > 0 ? (long) value.reals()[0] : value.integers()[0];
    }

    /** Whether the value of a one-element tensor is not zero. */
    public boolean itemBoolean() {
        Complex value = itemComplex();
        return value.re() != 0 || value.im() != 0;
    }

    /** The value of a one-element tensor as a complex number. */
    public Complex itemComplex() {
        HostArray value = one("itemComplex");
        double[] r = value.reals();
        return r.length == 0 ? new Complex(value.integers()[0], 0) : new Complex(r[0], r.length > 1 ? r[1] : 0);
    }

    /** The value of a one-element tensor as a number of its dtype's category. */
    public Scalar itemScalar() {
        return switch (dtype().category()) {
            case BOOL -> Scalar.of(itemBoolean());
            case INTEGRAL -> Scalar.of(itemLong());
            case FLOATING -> Scalar.of(item());
            case COMPLEX -> Scalar.of(itemComplex());
        };
    }

    /** The elements in row-major order, converted to float; complex ones as interleaved parts. */
    public float[] toFloatArray() {
        DType wanted = dtype().isComplex() ? DType.C64 : DType.F32;
        Tensor x = to(wanted);
        float[] out = new float[Math.toIntExact(x.count() * (wanted.bytes() / 4))];
        x.copyTo(MemorySegment.ofArray(out));
        return out;
    }

    /** The elements in row-major order, converted to double; complex ones as interleaved parts. */
    public double[] toDoubleArray() {
        DType wanted = dtype().isComplex() ? DType.C128 : DType.F64;
        if (!device().supports(wanted)) {
            return HostArrays.doubles(dataView("toDoubleArray"), Backends.of(device()));
        }
        Tensor x = to(wanted);
        double[] out = new double[Math.toIntExact(x.count() * (wanted.bytes() / 8))];
        x.copyTo(MemorySegment.ofArray(out));
        return out;
    }

    /** The elements in row-major order, converted to long. */
    public long[] toLongArray() {
        Tensor x = to(DType.I64);
        long[] out = new long[Math.toIntExact(x.count())];
        x.copyTo(MemorySegment.ofArray(out));
        return out;
    }

    /** The elements in row-major order, converted to int. */
    public int[] toIntArray() {
        Tensor x = to(DType.I32);
        int[] out = new int[Math.toIntExact(x.count())];
        x.copyTo(MemorySegment.ofArray(out));
        return out;
    }

    /** The elements in row-major order: whether each is not zero. */
    public boolean[] toBooleanArray() {
        byte[] bytes = to(DType.BOOL).toByteArray();
        boolean[] out = new boolean[bytes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = bytes[i] != 0;
        }
        return out;
    }

    /** The bytes of the elements in row-major order, little-endian. */
    public byte[] toByteArray() {
        byte[] out = new byte[Math.toIntExact(spec.bytes())];
        copyTo(MemorySegment.ofArray(out));
        return out;
    }

    /** Copies the elements in row-major order to host memory of at least {@code spec().bytes()} bytes. */
    public void copyTo(MemorySegment to) {
        View data = dataView("copyTo");
        if (to.byteSize() < spec.bytes()) {
            throw new ArgumentException(
                    "copyTo",
                    "the destination has " + to.byteSize() + " bytes, " + spec.bytes() + " are needed",
                    Fault.BAD_ARGUMENT);
        }
        HostArrays.download(data, Backends.of(device()), to);
    }

    /** A contiguous copy, through which gradients flow. */
    @Override
    public Tensor clone() {
        return bind(Copy.COPY, this);
    }

    // Moving

    /** This tensor on another device; itself if it is there already. */
    public Tensor to(Device device) {
        if (device.equals(device())) {
            return this;
        }
        return bind(new Move(device), this);
    }

    /** This tensor in a dtype and on a device. */
    public Tensor to(Device device, DType dtype) {
        return to(dtype).to(device);
    }

    /**
     * Swaps the data under this handle for that of another tensor, which may have another device, dtype or shape. The
     * gradient, hooks and everyone who refers to this tensor stay. Meant for parameters that move or are loaded.
     */
    public Tensor setData(Tensor other) {
        Access.door().replace(this, Access.door().view(other, "setData"), other.spec);
        return this;
    }

    /** Whether both are views of the same memory. */
    public boolean sharesMemory(Tensor other) {
        return Access.door().rawView(this).storage()
                == Access.door().rawView(other).storage();
    }

    /** The name of the operation that made this tensor, or empty. */
    public String gradientOperation() {
        History h = Access.door().history(this);
        return h == null ? "" : h.operation();
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
