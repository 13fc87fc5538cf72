package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Move;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
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
    private static final boolean WIDE = Lanes.BYTES >= 32;
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, Lanes.BYTES * 4)));
    private static final VectorSpecies<Byte> QUARTERS =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, Lanes.BYTES * 2)));

    private static final IntVector LOW_BYTE = all(0xFF);
    private static final IntVector LOW_HALF = all(0xFFFF);
    private static final IntVector SIGN = all(0x8000);
    private static final IntVector MAGNITUDE = all(0x7FFF);
    private static final IntVector ONE = all(1);
    /** 2^112, the ratio of the exponents' biases. */
    private static final FloatVector REBIAS = FloatVector.broadcast(Lanes.F32, 0x1p112f);

    private static final IntVector F16_INFINITY = all(0x1F << 23);
    private static final IntVector F32_INFINITY = all(0x7F800000);
    private static final IntVector F32_MAGNITUDE = all(0x7FFFFFFF);
    private static final IntVector F16_NORMAL = all(0x38800000);
    private static final IntVector F16_OVERFLOW = all(0x47800000);
    private static final IntVector F16_ROUND = all(0xC8000FFF);
    private static final IntVector F16_NAN = all(0x7E00);
    private static final IntVector F16_INFINITE = all(0x7C00);
    private static final FloatVector HALF = FloatVector.broadcast(Lanes.F32, 0.5f);
    private static final IntVector HALF_BITS = all(Float.floatToRawIntBits(0.5f));
    private static final IntVector BF16_ROUND = all(0x7FFF);
    private static final IntVector BF16_NAN = all(0x7FC0);

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
    private interface Loop {
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
                    case F16 -> VectorMoves::fromF16;
                    case BF16 -> VectorMoves::fromBf16;
                    default -> null;
                };
            case F16 -> from == Element.F32 ? VectorMoves::toF16 : null;
            case BF16 -> from == Element.F32 ? VectorMoves::toBf16 : null;
            default -> null;
        };
    }

    private static void bytes(int n, long from, long to) {
        for (int i = 0; i < n; i += N) {
            IntVector x = (IntVector) ByteVector.fromMemorySegment(QUARTERS, Mem.ALL, from + i, Lanes.ORDER)
                    .convertShape(VectorOperators.B2I, Lanes.I32, 0);
            Lanes.store((FloatVector) x.and(LOW_BYTE).convert(VectorOperators.I2F, 0), to + i * 4L);
        }
    }

    private static IntVector halves(long at) {
        return ((IntVector) ShortVector.fromMemorySegment(HALVES, Mem.ALL, at, Lanes.ORDER)
                        .convertShape(VectorOperators.S2I, Lanes.I32, 0))
                .and(LOW_HALF);
    }

    private static void store(IntVector x, long at) {
        x.convertShape(VectorOperators.I2S, HALVES, 0).intoMemorySegment(Mem.ALL, at, Lanes.ORDER);
    }

    private static void fromBf16(int n, long from, long to) {
        for (int i = 0; i < n; i += N) {
            IntVector x = halves(from + i * 2L).lanewise(VectorOperators.LSHL, 16);
            Lanes.store(x.reinterpretAsFloats(), to + i * 4L);
        }
    }

    private static void toBf16(int n, long from, long to) {
        for (int i = 0; i < n; i += N) {
            FloatVector x = Lanes.load(from + i * 4L);
            IntVector bits = x.reinterpretAsInts();
            IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(ONE);
            IntVector rounded = bits.add(BF16_ROUND).add(odd).lanewise(VectorOperators.LSHR, 16);
            store(rounded.blend(BF16_NAN, x.compare(VectorOperators.NE, x).cast(Lanes.I32)), to + i * 2L);
        }
    }

    private static void fromF16(int n, long from, long to) {
        for (int i = 0; i < n; i += N) {
            IntVector x = halves(from + i * 2L);
            IntVector magnitude = x.and(MAGNITUDE).lanewise(VectorOperators.LSHL, 13);
            // Scaling by a power of two makes the exponent right and subnormal numbers normal.
            IntVector scaled = magnitude.reinterpretAsFloats().mul(REBIAS).reinterpretAsInts();
            IntVector infinite = magnitude.or(F32_INFINITY);
            IntVector bits = scaled.blend(infinite, magnitude.compare(VectorOperators.GE, F16_INFINITY));
            bits = bits.or(x.and(SIGN).lanewise(VectorOperators.LSHL, 16));
            Lanes.store(bits.reinterpretAsFloats(), to + i * 4L);
        }
    }

    private static void toF16(int n, long from, long to) {
        for (int i = 0; i < n; i += N) {
            IntVector x = Lanes.load(from + i * 4L).reinterpretAsInts();
            IntVector magnitude = x.and(F32_MAGNITUDE);
            IntVector odd = magnitude.lanewise(VectorOperators.LSHR, 13).and(ONE);
            IntVector normal = magnitude.add(F16_ROUND).add(odd).lanewise(VectorOperators.LSHR, 13);
            // One half has the spacing of half precision's subnormal numbers, so that the sum is rounded to them.
            IntVector small = magnitude
                    .reinterpretAsFloats()
                    .add(HALF)
                    .reinterpretAsInts()
                    .sub(HALF_BITS);
            IntVector bits = normal.blend(small, magnitude.compare(VectorOperators.LT, F16_NORMAL));
            bits = bits.blend(F16_INFINITE, magnitude.compare(VectorOperators.GE, F16_OVERFLOW));
            bits = bits.blend(F16_NAN, magnitude.compare(VectorOperators.GT, F32_INFINITY));
            store(bits.or(x.lanewise(VectorOperators.LSHR, 16).and(SIGN)), to + i * 2L);
        }
    }
}
