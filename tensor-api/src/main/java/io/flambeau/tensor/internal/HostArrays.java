package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Copy;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Recording;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Moves values between devices and Java arrays. */
public final class HostArrays {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    /** How many bytes pass between two devices at a time. */
    private static final int PIECE = 1 << 24;

    private HostArrays() {}

    /** The bytes of a view in row-major order. */
    public static byte[] bytes(View view, Backends.Target target) {
        byte[] bytes =
                new byte[Math.toIntExact(view.shape().count() * view.dtype().bytes())];
        download(view, target, MemorySegment.ofArray(bytes));
        return bytes;
    }

    /** Copies a view's elements in row-major order to host memory. */
    public static void download(View view, Backends.Target target, MemorySegment to) {
        if (view.shape().count() == 0) {
            return;
        }
        withDense(view, target, dense -> target.backend().download(dense.storage(), start(dense), to));
    }

    /** A new tensor of another device with a view's elements: by way of the host, piece by piece. */
    static Tensor move(View view, Backends.Target target, Spec to, Op op) {
        Storage storage = storage(to, op);
        Backend there = Backends.of(to.device()).backend();
        long bytes = to.bytes();
        byte[] piece = new byte[(int) Math.min(bytes, PIECE)];
        withDense(view, target, dense -> {
            for (long at = 0; at < bytes; at += PIECE) {
                MemorySegment part = MemorySegment.ofArray(piece).asSlice(0, Math.min(bytes - at, PIECE));
                target.backend().download(dense.storage(), start(dense) + at, part);
                there.upload(part, storage, at);
            }
        });
        return Access.door().of(View.contiguous(storage, to.dtype(), to.shape()), to);
    }

    private static long start(View view) {
        return view.offset() * view.dtype().bytes();
    }

    /** Lends the view, or a contiguous copy of it. */
    private static void withDense(View view, Backends.Target target, Consumer<View> body) {
        View dense = view;
        if (!view.isContiguous()) {
            Spec spec = new Spec(view.shape(), view.dtype(), target.device());
            dense = Eager.allocate(target, Copy.COPY, spec);
            target.backend().copy(view, dense);
        }
        body.accept(dense);
        if (dense != view) {
            dense.storage().release("after a download");
        }
        Reference.reachabilityFence(view);
    }

    /** Fresh memory for a tensor of the spec. */
    public static Storage storage(Spec spec, Object origin) {
        Backends.Target target = Backends.of(spec.device());
        target.admit(spec, origin);
        return Storage.allocate(target.pool(), spec.bytes(), origin);
    }

    /** A new tensor from host bytes in row-major order. */
    public static Tensor upload(MemorySegment from, Spec spec, Object origin) {
        Storage storage = storage(spec, origin);
        if (spec.shape().count() > 0) {
            Backends.of(spec.device()).backend().upload(from, storage, 0);
        }
        return Access.door().of(View.contiguous(storage, spec.dtype(), spec.shape()), spec);
    }

    /** As {@link #of(Supplier, int, DType, Device)}, of values that stay the same. */
    public static Tensor of(double[] values, DType dtype, Device device) {
        return of(() -> values, values.length, dtype, device);
    }

    /**
     * A new tensor of values that the host computes, narrowed to a floating dtype; while this thread captures work of the
     * device, they are computed anew before each replay.
     */
    public static Tensor of(Supplier<double[]> values, int count, DType dtype, Device device) {
        Spec spec = new Spec(Shape.of(count), dtype, device);
        Supplier<MemorySegment> bytes = () -> {
            MemorySegment segment = MemorySegment.ofArray(new byte[Math.toIntExact(spec.bytes())]);
            narrow(HostArray.of(dtype, spec.shape(), values.get()), segment);
            return segment;
        };
        Recording recording = Recording.current();
        return recording != null && recording.device().equals(device)
                ? recording.late(spec, bytes)
                : upload(bytes.get(), spec, "of");
    }

    /** The elements as another dtype's: floating to integer truncates toward zero, to BOOL asks whether not zero. */
    public static HostArray cast(HostArray x, DType to) {
        HostArray out = HostArray.zeros(to, x.shape());
        int parts = x.dtype().isComplex() ? 2 : 1;
        boolean exact = !x.dtype().isDifferentiable();
        for (int i = 0; i < x.count(); i++) {
            double re = exact ? x.integers()[i] : x.reals()[i * parts];
            double im = parts == 2 ? x.reals()[i * parts + 1] : 0;
            switch (to.category()) {
                case BOOL -> out.integers()[i] = re != 0 || im != 0 ? 1 : 0;
                case INTEGRAL -> out.integers()[i] = exact ? x.integers()[i] : (long) re;
                case FLOATING -> out.reals()[i] = re;
                case COMPLEX -> {
                    out.reals()[2 * i] = re;
                    out.reals()[2 * i + 1] = im;
                }
            }
        }
        return out;
    }

    /** The elements of a view as doubles, complex ones as pairs, widened on the host. */
    public static double[] doubles(View view, Backends.Target target) {
        HostArray values = read(view, target);
        return cast(values, values.dtype().isComplex() ? DType.C128 : DType.F64).reals();
    }

    static HostArray read(View view, Backends.Target target) {
        MemorySegment bytes = MemorySegment.ofArray(bytes(view, target));
        return widen(bytes, view.dtype(), view.shape());
    }

    static Tensor write(HostArray array, Backends.Target target, Op op) {
        Spec spec = new Spec(array.shape(), array.dtype(), target.device());
        byte[] bytes = new byte[Math.toIntExact(spec.bytes())];
        narrow(array, MemorySegment.ofArray(bytes));
        return upload(MemorySegment.ofArray(bytes), spec, op);
    }

    /** Reads elements of a dtype into the widest Java type of their category. */
    public static HostArray widen(MemorySegment m, DType dtype, Shape shape) {
        HostArray array = HostArray.zeros(dtype, shape);
        double[] reals = array.reals();
        long[] integers = array.integers();
        switch (dtype) {
            case BOOL, U8 -> {
                for (int i = 0; i < integers.length; i++) {
                    integers[i] = m.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
                }
            }
            case I8 -> {
                for (int i = 0; i < integers.length; i++) {
                    integers[i] = m.get(ValueLayout.JAVA_BYTE, i);
                }
            }
            case I16 -> {
                for (int i = 0; i < integers.length; i++) {
                    integers[i] = m.getAtIndex(SHORT, i);
                }
            }
            case I32 -> {
                for (int i = 0; i < integers.length; i++) {
                    integers[i] = m.getAtIndex(INT, i);
                }
            }
            case I64 -> MemorySegment.copy(m, LONG, 0, integers, 0, integers.length);
            case F16 -> {
                for (int i = 0; i < reals.length; i++) {
                    reals[i] = Float.float16ToFloat(m.getAtIndex(SHORT, i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < reals.length; i++) {
                    reals[i] = Halves.bf16ToFloat(m.getAtIndex(SHORT, i));
                }
            }
            case F32, C64 -> {
                for (int i = 0; i < reals.length; i++) {
                    reals[i] = m.getAtIndex(FLOAT, i);
                }
            }
            case F64, C128 -> MemorySegment.copy(m, DOUBLE, 0, reals, 0, reals.length);
        }
        return array;
    }

    /** Writes elements in their dtype: integers wrap, reals round to nearest, ties to even. */
    public static void narrow(HostArray array, MemorySegment m) {
        double[] reals = array.reals();
        long[] integers = array.integers();
        switch (array.dtype()) {
            case BOOL -> {
                for (int i = 0; i < integers.length; i++) {
                    m.set(ValueLayout.JAVA_BYTE, i, (byte) (integers[i] != 0 ? 1 : 0));
                }
            }
            case U8, I8 -> {
                for (int i = 0; i < integers.length; i++) {
                    m.set(ValueLayout.JAVA_BYTE, i, (byte) integers[i]);
                }
            }
            case I16 -> {
                for (int i = 0; i < integers.length; i++) {
                    m.setAtIndex(SHORT, i, (short) integers[i]);
                }
            }
            case I32 -> {
                for (int i = 0; i < integers.length; i++) {
                    m.setAtIndex(INT, i, (int) integers[i]);
                }
            }
            case I64 -> MemorySegment.copy(integers, 0, m, LONG, 0, integers.length);
            case F16 -> {
                for (int i = 0; i < reals.length; i++) {
                    m.setAtIndex(SHORT, i, Halves.doubleToF16(reals[i]));
                }
            }
            case BF16 -> {
                for (int i = 0; i < reals.length; i++) {
                    m.setAtIndex(SHORT, i, Halves.doubleToBf16(reals[i]));
                }
            }
            case F32, C64 -> {
                for (int i = 0; i < reals.length; i++) {
                    m.setAtIndex(FLOAT, i, (float) reals[i]);
                }
            }
            case F64, C128 -> MemorySegment.copy(reals, 0, m, DOUBLE, 0, reals.length);
        }
    }
}
