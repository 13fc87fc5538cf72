package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Move;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Copies of adjacent elements and of every second float, and the commonest conversions, by vectors: bytes to floats, and
 * half precision both ways.
 */
public final class VectorMoves {
    private static final int N = Lanes.FLOATS;
    static final boolean WIDE = Lanes.BYTES >= 32;
    private static final VectorSpecies<Byte> QUARTERS =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, Lanes.BYTES * 2)));

    private static final IntVector LOW_BYTE = all(0xFF);

    /** Bytes from which the system's copy is the fastest. */
    private static final int LONG = 4096;

    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(Lanes.F32, i -> 2 * i % N);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(Lanes.F32, i -> 2 * i % N + 1);
    private static final VectorShuffle<Float> LOWER = VectorShuffle.fromOp(Lanes.F32, i -> i / 2);
    private static final VectorShuffle<Float> UPPER = VectorShuffle.fromOp(Lanes.F32, i -> i / 2 + N / 2);
    private static final VectorMask<Float> HIGH =
            Lanes.F32.indexInRange(0, N / 2).not();
    private static final VectorMask<Float> SECOND = VectorMask.fromLong(Lanes.F32, 0x5555555555555555L);

    private VectorMoves() {}

    private static IntVector all(int c) {
        return IntVector.broadcast(Lanes.I32, c);
    }

    /** Converts {@code n} adjacent elements, a multiple of the lanes. */
    interface Loop {
        void run(int n, long from, long to);
    }

    /** The conversion with a fast way for adjacent elements, or null. */
    public static @Nullable Move of(Element from, Element to, Move plain) {
        if (from == to) {
            return from.bytes == 4 && WIDE ? floats(plain) : same(from.bytes, plain);
        }
        Loop loop = WIDE ? loop(from, to) : null;
        if (loop == null) {
            return null;
        }
        int fromBytes = from.bytes;
        int toBytes = to.bytes;
        return (n, source, fromStep, target, toStep) -> {
            int whole = fromStep == fromBytes && toStep == toBytes ? n - n % N : 0;
            loop.run(whole, source, target);
            if (whole < n) {
                plain.run(n - whole, source + whole * fromStep, fromStep, target + whole * toStep, toStep);
            }
        };
    }

    private static Move same(int bytes, Move plain) {
        return (n, from, fromStep, to, toStep) -> {
            if (isShort(n, bytes) && fromStep == bytes && toStep == bytes) {
                VectorRowCopy.row(from, n * bytes, to);
            } else {
                plain.run(n, from, fromStep, to, toStep);
            }
        };
    }

    private static boolean isShort(int n, int bytes) {
        return n >= Lanes.BYTES / bytes && n < LONG / bytes;
    }

    private static Move floats(Move plain) {
        return (n, from, fromStep, to, toStep) -> {
            if (fromStep == 4 && toStep == 4 && n >= 4 && n < N) {
                VectorRowCopy.less(n, from, to);
            } else if (n < N || n >= LONG / 4) {
                plain.run(n, from, fromStep, to, toStep);
            } else if (fromStep == 4 && toStep == 4) {
                VectorRowCopy.row(from, n * 4, to);
            } else if (fromStep == 0 && toStep == 4) {
                repeat(n, from, to);
            } else if (fromStep == 8 && toStep == 4) {
                gather(n, from, to);
            } else if (fromStep == 4 && toStep == 8) {
                spread(n, from, to);
            } else {
                plain.run(n, from, fromStep, to, toStep);
            }
        };
    }

    /** One float n times. */
    private static void repeat(int n, long from, long to) {
        IntVector x = IntVector.broadcast(Lanes.I32, Mem.i32(from));
        for (int i = 0; i < n - N; i += N) {
            x.intoMemorySegment(Mem.ALL, to + i * 4L, Lanes.ORDER);
        }
        x.intoMemorySegment(Mem.ALL, to + (n - N) * 4L, Lanes.ORDER);
    }

    /** Every second float. The last vector overlaps the one before and reads no more than the last float. */
    private static void gather(int n, long from, long to) {
        for (int i = 0; i < n - N; i += N) {
            FloatVector a = Lanes.load(from + i * 8L);
            FloatVector b = Lanes.load(from + i * 8L + Lanes.BYTES);
            Lanes.store(a.rearrange(EVEN).blend(b.rearrange(EVEN), HIGH), to + i * 4L);
        }
        FloatVector a = Lanes.load(from + (n - N) * 8L);
        FloatVector b = Lanes.load(from + (n - N) * 8L + Lanes.BYTES - 4);
        Lanes.store(a.rearrange(EVEN).blend(b.rearrange(ODD), HIGH), to + (n - N) * 4L);
    }

    /** To every second float; the others stay. */
    private static void spread(int n, long from, long to) {
        for (int i = 0; i < n - N; i += N) {
            spread(from + i * 4L, to + i * 8L);
        }
        spread(from + (n - N) * 4L, to + (n - N) * 8L);
    }

    private static void spread(long from, long to) {
        FloatVector x = Lanes.load(from);
        x.rearrange(LOWER).intoMemorySegment(Mem.ALL, to, Lanes.ORDER, SECOND);
        x.rearrange(UPPER).intoMemorySegment(Mem.ALL, to + Lanes.BYTES, Lanes.ORDER, SECOND);
    }

    private static @Nullable Loop loop(Element from, Element to) {
        return switch (to) {
            case F32 ->
                switch (from) {
                    case BOOL, U8 -> VectorMoves::bytes;
                    case F16, BF16 -> halves(from, true);
                    default -> null;
                };
            case F16, BF16 -> from == Element.F32 ? halves(to, false) : null;
            default -> null;
        };
    }

    private static Loop halves(Element type, boolean widening) {
        return Inliner.specialise(MethodHandles.lookup(), HalfMove.class, Loop.class, type == Element.BF16, widening);
    }

    private static void bytes(int n, long from, long to) {
        for (int i = 0; i < n; i += N) {
            IntVector x = (IntVector) ByteVector.fromMemorySegment(QUARTERS, Mem.ALL, from + i, Lanes.ORDER)
                    .convertShape(VectorOperators.B2I, Lanes.I32, 0);
            Lanes.store((FloatVector) x.and(LOW_BYTE).convert(VectorOperators.I2F, 0), to + i * 4L);
        }
    }
}
