package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Numbers in half precision, or in bfloat16 where they are {@code brain}, as vectors of floats. */
final class Halves {
    static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, Lanes.BYTES * 4)));

    static final IntVector LOW_HALF = all(0xFFFF);
    static final IntVector SIGN = all(0x8000);
    static final IntVector MAGNITUDE = all(0x7FFF);
    static final IntVector ONE = all(1);
    static final IntVector F16_INFINITY = all(0x1F << 23);
    static final IntVector F32_INFINITY = all(0x7F800000);
    static final IntVector F32_MAGNITUDE = all(0x7FFFFFFF);
    static final IntVector F16_NORMAL = all(0x38800000);
    static final IntVector F16_OVERFLOW = all(0x47800000);
    static final IntVector F16_ROUND = all(0xC8000FFF);
    static final IntVector F16_NAN = all(0x7E00);
    static final IntVector F16_INFINITE = all(0x7C00);
    static final IntVector HALF_BITS = all(Float.floatToRawIntBits(0.5f));
    static final IntVector BF16_ROUND = all(0x7FFF);
    static final IntVector BF16_NAN = all(0x7FC0);
    /** 2^112, the ratio of the exponents' biases. */
    static final FloatVector REBIAS = FloatVector.broadcast(Lanes.F32, 0x1p112f);

    static final FloatVector HALF = FloatVector.broadcast(Lanes.F32, 0.5f);

    private Halves() {}

    private static IntVector all(int c) {
        return IntVector.broadcast(Lanes.I32, c);
    }

    /** The numbers at an address, which have half a vector's bytes. */
    static FloatVector load(boolean brain, long at) {
        IntVector x = ((IntVector) ShortVector.fromMemorySegment(HALVES, Mem.ALL, at, Lanes.ORDER)
                        .convertShape(VectorOperators.S2I, Lanes.I32, 0))
                .and(LOW_HALF);
        return brain ? x.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats() : fromF16(x);
    }

    /** Stores numbers rounded to the nearest, ties to even. */
    static void store(boolean brain, FloatVector x, long at) {
        IntVector bits = brain ? toBf16(x) : toF16(x.reinterpretAsInts());
        bits.convertShape(VectorOperators.I2S, HALVES, 0).intoMemorySegment(Mem.ALL, at, Lanes.ORDER);
    }

    private static IntVector toBf16(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(ONE);
        IntVector rounded = bits.add(BF16_ROUND).add(odd).lanewise(VectorOperators.LSHR, 16);
        return rounded.blend(BF16_NAN, x.compare(VectorOperators.NE, x).cast(Lanes.I32));
    }

    private static FloatVector fromF16(IntVector x) {
        IntVector magnitude = x.and(MAGNITUDE).lanewise(VectorOperators.LSHL, 13);
        // Scaling by a power of two makes the exponent right and subnormal numbers normal.
        IntVector scaled = magnitude.reinterpretAsFloats().mul(REBIAS).reinterpretAsInts();
        IntVector infinite = magnitude.or(F32_INFINITY);
        IntVector bits = scaled.blend(infinite, magnitude.compare(VectorOperators.GE, F16_INFINITY));
        return bits.or(x.and(SIGN).lanewise(VectorOperators.LSHL, 16)).reinterpretAsFloats();
    }

    private static IntVector toF16(IntVector x) {
        IntVector magnitude = x.and(F32_MAGNITUDE);
        IntVector odd = magnitude.lanewise(VectorOperators.LSHR, 13).and(ONE);
        IntVector normal = magnitude.add(F16_ROUND).add(odd).lanewise(VectorOperators.LSHR, 13);
        // One half has the spacing of half precision's subnormal numbers, so that the sum is rounded to them.
        IntVector small =
                magnitude.reinterpretAsFloats().add(HALF).reinterpretAsInts().sub(HALF_BITS);
        IntVector bits = normal.blend(small, magnitude.compare(VectorOperators.LT, F16_NORMAL));
        bits = bits.blend(F16_INFINITE, magnitude.compare(VectorOperators.GE, F16_OVERFLOW));
        bits = bits.blend(F16_NAN, magnitude.compare(VectorOperators.GT, F32_INFINITY));
        return bits.or(x.lanewise(VectorOperators.LSHR, 16).and(SIGN));
    }
}
