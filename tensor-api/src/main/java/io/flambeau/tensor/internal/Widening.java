package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Capture;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Layouts;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A backend that lacks some dtypes, made to compute in all but the widest.
 *
 * <p>Note [Wider and back]: storage keeps the user's dtype. A family whose views have a lacking one gets copies in a
 * wider dtype and a wider output, which is narrowed: F16 and BF16 by F32, rounded once; I8 and I16 by I32, whose low
 * bits wrap as those of the narrow type do. Scalars are narrowed first, as they are natively. There is nothing wider
 * than F64, C64 and C128: tensors of these cannot be made on such a device. Backends that have all dtypes are never
 * wrapped, so this costs them nothing.
 */
final class Widening implements Backend {
    private static final int CHUNK = 1 << 16;

    private final Backend backend;
    private final Set<DType> lacking;

    private Widening(Backend backend, Set<DType> lacking) {
        this.backend = backend;
        this.lacking = lacking;
    }

    /** What makes up for the dtypes a backend lacks; null if it has all. */
    static @Nullable Widening of(Backend backend) {
        Set<DType> lacking = EnumSet.noneOf(DType.class);
        for (DType dtype : DType.values()) {
            if (!backend.supports(dtype)) {
                lacking.add(dtype);
            }
        }
        return lacking.isEmpty() ? null : new Widening(backend, lacking);
    }

    private static DType wider(DType dtype) {
        return switch (dtype) {
            case F16, BF16 -> DType.F32;
            case I8, I16 -> DType.I32;
            default -> dtype;
        };
    }

    /** Whether tensors of the dtype can be made on the device. */
    boolean holds(DType dtype) {
        return !lacking.contains(wider(dtype));
    }

    /** Refuses to make what the device can neither compute nor widen. */
    void admit(Spec spec, Object caller) {
        if (!holds(spec.dtype())) {
            throw refused(spec.dtype(), spec.device().toString(), caller);
        }
    }

    private static DTypeException refused(DType dtype, String device, Object caller) {
        DType instead = dtype == DType.F64 ? DType.F32 : dtype == DType.C128 ? DType.C64 : null;
        return new DTypeException(
                caller instanceof Op op ? op.title() : caller.toString(),
                device + " does not compute in " + dtype + "; "
                        + (instead == null ? "" : "convert with to(DType." + instead.name() + ") first, or ")
                        + "keep the tensor on another device",
                Fault.DEVICE_DTYPE);
    }

    // What a family is given

    private View wide(View x) {
        if (!lacking.contains(x.dtype())) {
            return x;
        }
        View out = place(x);
        cast(x, out);
        return out;
    }

    private View[] wide(View[] views) {
        View[] out = views.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = wide(views[i]);
        }
        return out;
    }

    /** Where the output of a family goes first. */
    private View place(View out) {
        if (!lacking.contains(out.dtype())) {
            return out;
        }
        DType dtype = wider(out.dtype());
        if (lacking.contains(dtype)) {
            throw refused(dtype, "the device", "cast");
        }
        return fresh(out, dtype);
    }

    private View[] places(View[] outs) {
        View[] places = outs.clone();
        for (int i = 0; i < outs.length; i++) {
            places[i] = place(outs[i]);
        }
        return places;
    }

    private static View fresh(View like, DType dtype) {
        Storage storage = like.storage().sibling(like.shape().count() * dtype.bytes(), "a wider dtype");
        return View.contiguous(storage, dtype, like.shape());
    }

    private void back(View place, View out) {
        if (place != out) {
            cast(place, out);
            end(place, out);
        }
    }

    /** Ends the lives of copies: the work that uses them is queued. */
    private static void end(View copy, View original) {
        if (copy != original) {
            copy.storage().release("when an operation in a narrower dtype had used it");
        }
    }

    private static void end(View[] copies, View[] originals) {
        for (int i = 0; i < copies.length; i++) {
            end(copies[i], originals[i]);
        }
    }

    /** The scalar as an element of the dtype. */
    private static Scalar narrow(Scalar s, DType dtype) {
        return switch (dtype) {
            case I8 -> Scalar.of((long) (byte) s.integer());
            case I16 -> Scalar.of((long) (short) s.integer());
            case F16 -> Scalar.of(Float.float16ToFloat(Halves.doubleToF16(s.re())));
            case BF16 -> Scalar.of(Halves.bf16ToFloat(Halves.doubleToBf16(s.re())));
            default -> s;
        };
    }

    /** A family's work on views of which some may be of a lacking dtype. */
    private interface Work {
        void run(View[] in, View out);
    }

    private void run(View out, Work work, View... in) {
        View[] wide = wide(in);
        View place = place(out);
        work.run(wide, place);
        end(wide, in);
        back(place, out);
    }

    // Families

    @Override
    public void fill(Scalar value, View out) {
        run(out, (x, place) -> backend.fill(narrow(value, out.dtype()), place));
    }

    @Override
    public void iota(Scalar start, Scalar step, View out) {
        run(out, (x, place) -> backend.iota(start, step, place));
    }

    @Override
    public void random(Random op, View out) {
        backend.random(op, out);
    }

    @Override
    public @Nullable Capture capture(int device) {
        return backend.capture(device);
    }

    @Override
    public void random(Random op, View counter, View out) {
        backend.random(op, counter, out);
    }

    /** Copies move bits, whatever they mean. */
    @Override
    public void copy(View x, View out) {
        if (lacking.contains(x.dtype())) {
            backend.copy(bytes(x), bytes(out));
        } else {
            backend.copy(x, out);
        }
    }

    private static View bytes(View x) {
        int size = x.dtype().bytes();
        int rank = x.shape().rank();
        long[] strides = Arrays.copyOf(x.strides(), rank + 1);
        for (int i = 0; i < rank; i++) {
            strides[i] *= size;
        }
        strides[rank] = 1;
        return new View(x.storage(), DType.U8, x.shape().insert(rank, size), strides, x.offset() * size);
    }

    @Override
    public void cast(View x, View out) {
        if (backend.converts(x.dtype()) && backend.converts(out.dtype())) {
            backend.cast(x, out);
            return;
        }
        View from = x.isContiguous() ? x : fresh(x, x.dtype());
        if (from != x) {
            copy(x, from);
        }
        View to = out.isContiguous() ? out : fresh(out, out.dtype());
        convert(from, to);
        if (to != out) {
            copy(to, out);
        }
        end(from, x);
        end(to, out);
    }

    /** Converts dense elements on the host. */
    private void convert(View x, View out) {
        long count = x.shape().count();
        byte[] read = new byte[(int) Math.min(count, CHUNK) * x.dtype().bytes()];
        byte[] written = new byte[(int) Math.min(count, CHUNK) * out.dtype().bytes()];
        for (long at = 0; at < count; at += CHUNK) {
            int n = (int) Math.min(CHUNK, count - at);
            MemorySegment from =
                    MemorySegment.ofArray(read).asSlice(0, (long) n * x.dtype().bytes());
            MemorySegment to = MemorySegment.ofArray(written)
                    .asSlice(0, (long) n * out.dtype().bytes());
            backend.download(x.storage(), (x.offset() + at) * x.dtype().bytes(), from);
            HostArray values = HostArrays.widen(from, x.dtype(), Shape.of(n));
            HostArrays.narrow(HostArrays.cast(values, out.dtype()), to);
            backend.upload(to, out.storage(), (out.offset() + at) * out.dtype().bytes());
        }
    }

    @Override
    public void unary(Unary op, View x, View out) {
        run(out, (in, place) -> backend.unary(op, in[0], place), x);
    }

    @Override
    public void binary(Binary op, View x, View y, View out) {
        run(out, (in, place) -> backend.binary(op, in[0], in[1], place), x, y);
    }

    @Override
    public void binary(Binary op, View x, Scalar s, boolean scalarLeft, View out) {
        Scalar scalar = narrow(s, x.dtype());
        run(out, (in, place) -> backend.binary(op, in[0], scalar, scalarLeft, place), x);
    }

    @Override
    public void compare(Compare op, View x, View y, View out) {
        run(out, (in, place) -> backend.compare(op, in[0], in[1], place), x, y);
    }

    @Override
    public void compare(Compare op, View x, Scalar s, View out) {
        Scalar scalar = narrow(s, x.dtype());
        run(out, (in, place) -> backend.compare(op, in[0], scalar, place), x);
    }

    @Override
    public void where(View condition, View x, View y, View out) {
        run(out, (in, place) -> backend.where(in[0], in[1], in[2], place), condition, x, y);
    }

    @Override
    public void pointwise(Pointwise op, View[] inputs, View out) {
        run(out, (in, place) -> backend.pointwise(op, in, place), inputs);
    }

    @Override
    public boolean runs(Pointwise op, Spec[] inputs) {
        return backend.runs(op, wide(inputs));
    }

    @Override
    public void reduce(Reduce op, View x, View out) {
        run(out, (in, place) -> backend.reduce(op, in[0], place), x);
    }

    @Override
    public void argReduce(ArgReduce op, View x, View out) {
        run(out, (in, place) -> backend.argReduce(op, in[0], place), x);
    }

    @Override
    public void scan(Scan op, View x, View[] outs) {
        View wide = wide(x);
        View[] places = places(outs);
        backend.scan(op, wide, places);
        end(wide, x);
        back(places, outs);
    }

    private void back(View[] places, View[] outs) {
        for (int i = 0; i < outs.length; i++) {
            back(places[i], outs[i]);
        }
    }

    @Override
    public void matmul(View x, View y, View out) {
        run(out, (in, place) -> backend.matmul(in[0], in[1], place), x, y);
    }

    @Override
    public void gather(View x, View index, int axis, View out) {
        run(out, (in, place) -> backend.gather(in[0], in[1], axis, place), x, index);
    }

    /** The output is an operand too. */
    @Override
    public void scatter(Scatter op, View index, View source, View out) {
        View from = wide(source);
        View place = wide(out);
        backend.scatter(op, index, from, place);
        end(from, source);
        back(place, out);
    }

    @Override
    public void sort(boolean descending, View x, View values, View indices) {
        run(values, (in, place) -> backend.sort(descending, in[0], place, indices), x);
    }

    // Kernels

    /**
     * The kernel for an operation: the backend's own, or that for wider floating inputs. Integers go by the
     * decomposition, each step of which wraps.
     */
    @Nullable Kernel kernel(Op op, Spec[] in, BiFunction<Op, Spec[], @Nullable Kernel> search) {
        Spec[] out = op.infer(in);
        Spec[] wideIn = wide(in);
        Spec[] wideOut = wide(out);
        if (Arrays.equals(in, wideIn) && Arrays.equals(out, wideOut)) {
            return search.apply(op, in);
        }
        boolean whole = Arrays.stream(in)
                .anyMatch(
                        spec -> lacking.contains(spec.dtype()) && !spec.dtype().isFloating());
        if (whole || !Arrays.equals(op.infer(wideIn), wideOut)) {
            return null;
        }
        Kernel kernel = search.apply(op, wideIn);
        return kernel == null ? null : widened(kernel);
    }

    private Spec[] wide(Spec[] specs) {
        Spec[] wide = specs.clone();
        for (int i = 0; i < wide.length; i++) {
            DType dtype = specs[i].dtype();
            wide[i] = lacking.contains(dtype) ? specs[i].with(wider(dtype)) : specs[i];
        }
        return wide;
    }

    private Kernel widened(Kernel kernel) {
        return new Kernel() {
            @Override
            public void run(View[] inputs, View[] outputs) {
                View[] in = wide(inputs);
                View[] places = places(outputs);
                kernel.run(in, places);
                end(in, inputs);
                back(places, outputs);
            }

            @Override
            public Layouts layouts() {
                return kernel.layouts();
            }
        };
    }

    @Override
    public @Nullable Kernel kernel(Op op, Spec[] inputs) {
        return kernel(op, inputs, backend::kernel);
    }

    // The rest is the backend's

    @Override
    public int devices() {
        return backend.devices();
    }

    @Override
    public long capacity(int device) {
        return backend.capacity(device);
    }

    @Override
    public @Nullable Slab allocate(int device, long bytes) {
        return backend.allocate(device, bytes);
    }

    @Override
    public void free(int device, Slab slab) {
        backend.free(device, slab);
    }

    @Override
    public void upload(MemorySegment from, Storage to, long offset) {
        backend.upload(from, to, offset);
    }

    @Override
    public void download(Storage from, long offset, MemorySegment to) {
        backend.download(from, offset, to);
    }

    @Override
    public void synchronize(int device) {
        backend.synchronize(device);
    }

    @Override
    public Layouts layouts() {
        return backend.layouts();
    }

    @Override
    public void setThreads(int count) {
        backend.setThreads(count);
    }

    @Override
    public String describe(int device) {
        return backend.describe(device);
    }
}
