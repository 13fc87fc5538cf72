package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.Elementwise.Kernel;
import io.flambeau.backend.cpu.internal.vector.VectorStrips;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Unary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The elementwise kernels of each operation and element type, made when first asked for. */
public final class Families {
    private static final int TYPES = Element.values().length;
    private static final AtomicReferenceArray<Kernel> UNARY = new AtomicReferenceArray<>(Unary.values().length * TYPES);
    private static final AtomicReferenceArray<Kernel> BINARY =
            new AtomicReferenceArray<>(Binary.values().length * TYPES);
    private static final AtomicReferenceArray<Kernel> COMPARE =
            new AtomicReferenceArray<>(Compare.values().length * TYPES);
    private static final AtomicReferenceArray<Kernel> WHERE = new AtomicReferenceArray<>(TYPES);
    private static final Map<PointwiseKey, Kernel> POINTWISE = new ConcurrentHashMap<>();

    private Families() {}

    private record PointwiseKey(Pointwise op, Element in, Element out) {}

    /** The type whose kernels serve this one where it has none: half precision is staged as F32. */
    private static Element whole(Element type) {
        return type == Element.F16 || type == Element.BF16 ? Element.F32 : type;
    }

    public static Kernel unary(Unary op, Element type) {
        Element own = whole(type);
        int at = op.ordinal() * TYPES + own.ordinal();
        Kernel kernel = UNARY.get(at);
        if (kernel == null) {
            kernel = make(op, own);
            UNARY.set(at, kernel);
        }
        return kernel;
    }

    public static Kernel binary(Binary op, Element type) {
        int at = op.ordinal() * TYPES + type.ordinal();
        Kernel kernel = BINARY.get(at);
        if (kernel == null) {
            kernel = make(op, type);
            BINARY.set(at, kernel);
        }
        return kernel;
    }

    public static Kernel compare(Compare op, Element type) {
        Element own = whole(type);
        int at = op.ordinal() * TYPES + own.ordinal();
        Kernel kernel = COMPARE.get(at);
        if (kernel == null) {
            kernel = make(op, own);
            COMPARE.set(at, kernel);
        }
        return kernel;
    }

    /** Takes y where the condition x holds, else z. */
    public static Kernel where(Element type) {
        Kernel kernel = WHERE.get(type.ordinal());
        if (kernel == null) {
            Strip plain = select(type.bytes);
            Supplier<@Nullable Strip> vector = Kernels.VECTOR ? () -> VectorStrips.where(type, plain) : null;
            kernel = new Kernel(Forms.of(vector, plain), Element.BOOL, type, type, type, 1);
            WHERE.set(type.ordinal(), kernel);
        }
        return kernel;
    }

    public static Kernel pointwise(Pointwise op, Element in, Element out) {
        return POINTWISE.computeIfAbsent(new PointwiseKey(op, whole(in), whole(out)), key -> make(op, key.in, key.out));
    }

    private static Kernel make(Unary op, Element type) {
        int cost = FloatFunctions.cost(op);
        Strip plain = switch (type.computing()) {
            case F32 -> Functions.floats(1, FloatFunctions.of(op), type, type);
            case F64 -> Functions.doubles(1, (x, y, z) -> op.apply(x), type, type);
            case I64 -> Functions.longs(1, integer(op, type), type, type);
            default -> Functions.complex(1, (x, y, z) -> op.apply(x), type, type);
        };
        Supplier<@Nullable Strip> vector = Kernels.VECTOR ? () -> VectorStrips.unary(op, type, plain) : null;
        return Kernel.of(Forms.of(vector, plain), type, type, Kernels.VECTOR ? cost : 2 * cost);
    }

    private static Functions.OfLong integer(Unary op, Element type) {
        // On BOOL, ~x of 0 or 1 is never 0, so that "not" is asked for in its own right.
        return op == Unary.BITWISE_NOT && type == Element.BOOL ? (x, y, z) -> x ^ 1 : (x, y, z) -> op.apply(x);
    }

    private static Kernel make(Binary op, Element type) {
        int cost = FloatFunctions.cost(op);
        Strip plain = switch (type.computing()) {
            case F32 -> Functions.floats(2, FloatFunctions.of(op), type, type);
            case F64 -> Functions.doubles(2, (x, y, z) -> op.apply(x, y), type, type);
            case I64 -> Functions.longs(2, (x, y, z) -> op.apply(x, y), type, type);
            default -> Functions.complex(2, (x, y, z) -> op.apply(x, y), type, type);
        };
        if (whole(type) != type) {
            Strip half = Kernels.VECTOR ? VectorStrips.binary(op, type, plain) : null;
            return half == null ? binary(op, whole(type)) : Kernel.of(Forms.of(() -> half, plain), type, type, cost);
        }
        Supplier<@Nullable Strip> vector = Kernels.VECTOR ? () -> VectorStrips.binary(op, type, plain) : null;
        return Kernel.of(Forms.of(vector, plain), type, type, Kernels.VECTOR ? cost : 2 * cost);
    }

    private static Kernel make(Compare op, Element type) {
        Element bool = Element.BOOL;
        Strip plain = switch (type.computing()) {
            case F32 -> Functions.floats(2, FloatFunctions.of(op), type, bool);
            case F64 -> Functions.doubles(2, (x, y, z) -> op.apply(x, y) ? 1 : 0, type, bool);
            case I64 -> Functions.longs(2, (x, y, z) -> op.apply(x, y) ? 1 : 0, type, bool);
            default -> Functions.complex(2, (x, y, z) -> op.apply(x, y) ? Complex.ONE : Complex.ZERO, type, bool);
        };
        Supplier<@Nullable Strip> vector = Kernels.VECTOR ? () -> VectorStrips.compare(op, type, plain) : null;
        return Kernel.of(Forms.of(vector, plain), type, bool, Kernels.VECTOR ? 1 : 2);
    }

    private static Kernel make(Pointwise op, Element in, Element out) {
        boolean narrows = !in.isInteger() && out.isInteger();
        int arity = op.arity();
        if (narrows && !in.isComplex()) {
            Strip strip = out == Element.BOOL
                    ? Functions.doubles(arity, (x, y, z) -> op.test(x, y, z) ? 1 : 0, Element.F64, out)
                    : Functions.doubles(arity, (x, y, z) -> op.apply(x, y, z), Element.F64, out);
            return Kernel.of(Forms.only(strip), Element.F64, out, 16);
        }
        Strip strip = switch (in.computing()) {
            case F32 -> Functions.floats(arity, (x, y, z) -> op.apply(x, y, z), in, out);
            case F64 -> Functions.doubles(arity, (x, y, z) -> op.apply(x, y, z), in, out);
            case I64 -> Functions.longs(arity, (x, y, z) -> op.apply(x, y, z), in, out);
            default -> Functions.complex(arity, (x, y, z) -> op.apply(x, y, z), in, out);
        };
        return Kernel.of(Forms.only(strip), in, out, 16);
    }

    private static Strip select(int bytes) {
        return switch (bytes) {
            case 1 ->
                (n, x, y, z, out) -> {
                    for (int i = 0; i < n; i++) {
                        Mem.i8(out + i, Mem.i8(x + i) != 0 ? Mem.i8(y + i) : Mem.i8(z + i));
                    }
                };
            case 2 ->
                (n, x, y, z, out) -> {
                    for (int i = 0; i < n; i++) {
                        long at = i * 2L;
                        Mem.i16(out + at, Mem.i8(x + i) != 0 ? Mem.i16(y + at) : Mem.i16(z + at));
                    }
                };
            case 4 ->
                (n, x, y, z, out) -> {
                    for (int i = 0; i < n; i++) {
                        long at = i * 4L;
                        Mem.i32(out + at, Mem.i8(x + i) != 0 ? Mem.i32(y + at) : Mem.i32(z + at));
                    }
                };
            case 8 ->
                (n, x, y, z, out) -> {
                    for (int i = 0; i < n; i++) {
                        long at = i * 8L;
                        Mem.i64(out + at, Mem.i8(x + i) != 0 ? Mem.i64(y + at) : Mem.i64(z + at));
                    }
                };
            default ->
                (n, x, y, z, out) -> {
                    for (int i = 0; i < n; i++) {
                        Element.BITS128.move((Mem.i8(x + i) != 0 ? y : z) + i * 16L, out + i * 16L);
                    }
                };
        };
    }
}
