package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Butterflies.LANES;
import static io.flambeau.backend.cpu.internal.Butterflies.PART;
import static io.flambeau.backend.cpu.internal.Butterflies.ROW;
import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.F64;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import io.flambeau.backend.cpu.internal.LineMoves;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The moves by vectors; see Note [Long vector methods]. */
public final class VectorLineMoves extends LineMoves {
    private static final int N = Lanes.DOUBLES;
    private static final int BYTES = Lanes.BYTES;
    /** As many floats as a vector has doubles. */
    private static final VectorSpecies<Float> F32 = VectorSpecies.of(float.class, VectorShape.forBitSize(4 * BYTES));

    private static final VectorShuffle<Double> EVEN = VectorShuffle.fromOp(F64, i -> 2 * i % N);
    private static final VectorShuffle<Double> ODD = VectorShuffle.fromOp(F64, i -> 2 * i % N + 1);
    private static final VectorMask<Double> UPPER = F64.indexInRange(0, N / 2).not();
    private static final VectorShuffle<Double> LOW = VectorShuffle.fromOp(F64, i -> i / 2);
    private static final VectorShuffle<Double> HIGH = VectorShuffle.fromOp(F64, i -> (N + i) / 2);
    private static final VectorMask<Double> ODDS = VectorMask.fromLong(F64, 0xAA);

    // Exchanges of lanes at distances 1, 2 and 4, and the upper of each two lanes.
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromOp(F64, i -> i ^ 1);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromOp(F64, i -> (i ^ 2) % N);
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.fromOp(F64, i -> (i ^ 4) % N);
    private static final VectorMask<Double> UPPER_1 = VectorMask.fromLong(F64, 0xAA);
    private static final VectorMask<Double> UPPER_2 = VectorMask.fromLong(F64, 0xCC);
    private static final VectorMask<Double> UPPER_4 = VectorMask.fromLong(F64, 0xF0);

    // Pairs side by side: a vector of them in reverse order, with exchanged parts, and each part twice.
    private static final int PAIRS = N / 2;
    private static final VectorShuffle<Double> REVERSE = VectorShuffle.fromOp(F64, i -> (N - 2 - i / 2 * 2) + i % 2);
    private static final VectorShuffle<Double> SWAP = BY_1;
    private static final VectorShuffle<Double> FIRST = VectorShuffle.fromOp(F64, i -> i / 2 * 2);
    private static final VectorShuffle<Double> SECOND = VectorShuffle.fromOp(F64, i -> i / 2 * 2 + 1);
    private static final DoubleVector CONJUGATE = parts(1, -1);
    private static final DoubleVector NEGATE_FIRST = parts(-1, 1);
    private static final DoubleVector HALF = parts(0.5, 0.5);
    private static final DoubleVector HALVES = parts(0.5, -0.5);

    private static DoubleVector parts(double re, double im) {
        return DoubleVector.broadcast(F64, re).blend(im, ODDS);
    }

    @Override
    public int split(int h, long z, long roots, double scale, double conjugate, long to, boolean wide) {
        DoubleVector factor = parts(scale, conjugate);
        int k = 1;
        for (; k + PAIRS <= h; k += PAIRS) {
            DoubleVector a = fromMemorySegment(F64, ALL, z + 16L * k, ORDER);
            DoubleVector b = fromMemorySegment(F64, ALL, z + 16L * (h - k - PAIRS + 1), ORDER);
            DoubleVector w = fromMemorySegment(F64, ALL, roots + 16L * k, ORDER);
            DoubleVector c = b.rearrange(REVERSE).mul(CONJUGATE);
            DoubleVector even = HALF.mul(a.add(c));
            DoubleVector odd = a.sub(c).rearrange(SWAP).mul(HALVES);
            DoubleVector cross = odd.rearrange(SWAP).mul(w.rearrange(SECOND)).mul(NEGATE_FIRST);
            DoubleVector x = even.add(odd.mul(w.rearrange(FIRST)).add(cross)).mul(factor);
            if (wide) {
                x.intoMemorySegment(ALL, to + 16L * k, ORDER);
            } else {
                FloatVector y = (FloatVector) x.convertShape(VectorOperators.D2F, F32, 0);
                y.intoMemorySegment(ALL, to + 8L * k, ORDER);
            }
        }
        return k;
    }

    @Override
    public int join(int h, long x, boolean wide, double sign, long roots, long z) {
        DoubleVector signs = parts(1, sign);
        int k = 1;
        for (; k + PAIRS <= h; k += PAIRS) {
            int mirror = h - k - PAIRS + 1;
            DoubleVector a;
            DoubleVector b;
            if (wide) {
                a = fromMemorySegment(F64, ALL, x + 16L * k, ORDER);
                b = fromMemorySegment(F64, ALL, x + 16L * mirror, ORDER);
            } else {
                FloatVector p = FloatVector.fromMemorySegment(F32, ALL, x + 8L * k, ORDER);
                FloatVector q = FloatVector.fromMemorySegment(F32, ALL, x + 8L * mirror, ORDER);
                a = (DoubleVector) p.convertShape(VectorOperators.F2D, F64, 0);
                b = (DoubleVector) q.convertShape(VectorOperators.F2D, F64, 0);
            }
            DoubleVector w = fromMemorySegment(F64, ALL, roots + 16L * k, ORDER);
            DoubleVector c = b.mul(signs).rearrange(REVERSE).mul(CONJUGATE);
            DoubleVector e = a.mul(signs).add(c);
            DoubleVector d = a.mul(signs).sub(c);
            DoubleVector cross = d.rearrange(SWAP).mul(w.rearrange(SECOND)).mul(CONJUGATE);
            DoubleVector o = d.mul(w.rearrange(FIRST)).add(cross);
            e.add(o.rearrange(SWAP).mul(NEGATE_FIRST)).intoMemorySegment(ALL, z + 16L * k, ORDER);
        }
        return k;
    }

    @Override
    public void load(int rows, long from, long step, boolean wide, long re, long im) {
        for (int v = 0; v < LANES; v += N) {
            if (wide) {
                loadDoubles(rows, from + 16L * v, step, re + 8L * v, im + 8L * v);
            } else {
                loadFloats(rows, from + 8L * v, step, re + 8L * v, im + 8L * v);
            }
        }
    }

    private static void loadDoubles(int rows, long from, long step, long re, long im) {
        for (int i = 0; i < rows; i++) {
            DoubleVector a = fromMemorySegment(F64, ALL, from + i * step, ORDER);
            DoubleVector b = fromMemorySegment(F64, ALL, from + i * step + BYTES, ORDER);
            a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER).intoMemorySegment(ALL, re + i * (long) ROW, ORDER);
            a.rearrange(ODD).blend(b.rearrange(ODD), UPPER).intoMemorySegment(ALL, im + i * (long) ROW, ORDER);
        }
    }

    private static void loadFloats(int rows, long from, long step, long re, long im) {
        for (int i = 0; i < rows; i++) {
            FloatVector x = FloatVector.fromMemorySegment(F32, ALL, from + i * step, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(F32, ALL, from + i * step + BYTES / 2, ORDER);
            DoubleVector a = (DoubleVector) x.convertShape(VectorOperators.F2D, F64, 0);
            DoubleVector b = (DoubleVector) y.convertShape(VectorOperators.F2D, F64, 0);
            a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER).intoMemorySegment(ALL, re + i * (long) ROW, ORDER);
            a.rearrange(ODD).blend(b.rearrange(ODD), UPPER).intoMemorySegment(ALL, im + i * (long) ROW, ORDER);
        }
    }

    @Override
    public void store(int rows, long re, long im, double scale, long to, long step, boolean wide) {
        for (int v = 0; v < LANES; v += N) {
            if (wide) {
                storeDoubles(rows, re + 8L * v, im + 8L * v, scale, to + 16L * v, step);
            } else {
                storeFloats(rows, re + 8L * v, im + 8L * v, scale, to + 8L * v, step);
            }
        }
    }

    private static void storeDoubles(int rows, long re, long im, double scale, long to, long step) {
        DoubleVector factor = DoubleVector.broadcast(F64, scale);
        for (int i = 0; i < rows; i++) {
            DoubleVector a =
                    fromMemorySegment(F64, ALL, re + i * (long) ROW, ORDER).mul(factor);
            DoubleVector b =
                    fromMemorySegment(F64, ALL, im + i * (long) ROW, ORDER).mul(factor);
            a.rearrange(LOW).blend(b.rearrange(LOW), ODDS).intoMemorySegment(ALL, to + i * step, ORDER);
            a.rearrange(HIGH).blend(b.rearrange(HIGH), ODDS).intoMemorySegment(ALL, to + i * step + BYTES, ORDER);
        }
    }

    private static void storeFloats(int rows, long re, long im, double scale, long to, long step) {
        DoubleVector factor = DoubleVector.broadcast(F64, scale);
        for (int i = 0; i < rows; i++) {
            DoubleVector a =
                    fromMemorySegment(F64, ALL, re + i * (long) ROW, ORDER).mul(factor);
            DoubleVector b =
                    fromMemorySegment(F64, ALL, im + i * (long) ROW, ORDER).mul(factor);
            DoubleVector low = a.rearrange(LOW).blend(b.rearrange(LOW), ODDS);
            DoubleVector high = a.rearrange(HIGH).blend(b.rearrange(HIGH), ODDS);
            FloatVector x = (FloatVector) low.convertShape(VectorOperators.D2F, F32, 0);
            FloatVector y = (FloatVector) high.convertShape(VectorOperators.D2F, F32, 0);
            x.intoMemorySegment(ALL, to + i * step, ORDER);
            y.intoMemorySegment(ALL, to + i * step + BYTES / 2, ORDER);
        }
    }

    @Override
    public void turn(long from, long to) {
        if (N == LANES) {
            turnPart(from, to);
            turnPart(from + PART, to + PART);
        } else {
            super.turn(from, to);
        }
    }

    /** Exchanges the lower left and the upper right quarters, of the quarters too, and of theirs. */
    private static void turnPart(long from, long to) {
        DoubleVector a0 = fromMemorySegment(F64, ALL, from, ORDER);
        DoubleVector a1 = fromMemorySegment(F64, ALL, from + ROW, ORDER);
        DoubleVector a2 = fromMemorySegment(F64, ALL, from + 2 * ROW, ORDER);
        DoubleVector a3 = fromMemorySegment(F64, ALL, from + 3 * ROW, ORDER);
        DoubleVector a4 = fromMemorySegment(F64, ALL, from + 4 * ROW, ORDER);
        DoubleVector a5 = fromMemorySegment(F64, ALL, from + 5 * ROW, ORDER);
        DoubleVector a6 = fromMemorySegment(F64, ALL, from + 6 * ROW, ORDER);
        DoubleVector a7 = fromMemorySegment(F64, ALL, from + 7 * ROW, ORDER);
        DoubleVector b0 = a0.blend(a4.rearrange(BY_4), UPPER_4);
        DoubleVector b4 = a0.rearrange(BY_4).blend(a4, UPPER_4);
        DoubleVector b1 = a1.blend(a5.rearrange(BY_4), UPPER_4);
        DoubleVector b5 = a1.rearrange(BY_4).blend(a5, UPPER_4);
        DoubleVector b2 = a2.blend(a6.rearrange(BY_4), UPPER_4);
        DoubleVector b6 = a2.rearrange(BY_4).blend(a6, UPPER_4);
        DoubleVector b3 = a3.blend(a7.rearrange(BY_4), UPPER_4);
        DoubleVector b7 = a3.rearrange(BY_4).blend(a7, UPPER_4);
        DoubleVector c0 = b0.blend(b2.rearrange(BY_2), UPPER_2);
        DoubleVector c2 = b0.rearrange(BY_2).blend(b2, UPPER_2);
        DoubleVector c1 = b1.blend(b3.rearrange(BY_2), UPPER_2);
        DoubleVector c3 = b1.rearrange(BY_2).blend(b3, UPPER_2);
        DoubleVector c4 = b4.blend(b6.rearrange(BY_2), UPPER_2);
        DoubleVector c6 = b4.rearrange(BY_2).blend(b6, UPPER_2);
        DoubleVector c5 = b5.blend(b7.rearrange(BY_2), UPPER_2);
        DoubleVector c7 = b5.rearrange(BY_2).blend(b7, UPPER_2);
        c0.blend(c1.rearrange(BY_1), UPPER_1).intoMemorySegment(ALL, to, ORDER);
        c0.rearrange(BY_1).blend(c1, UPPER_1).intoMemorySegment(ALL, to + ROW, ORDER);
        c2.blend(c3.rearrange(BY_1), UPPER_1).intoMemorySegment(ALL, to + 2 * ROW, ORDER);
        c2.rearrange(BY_1).blend(c3, UPPER_1).intoMemorySegment(ALL, to + 3 * ROW, ORDER);
        c4.blend(c5.rearrange(BY_1), UPPER_1).intoMemorySegment(ALL, to + 4 * ROW, ORDER);
        c4.rearrange(BY_1).blend(c5, UPPER_1).intoMemorySegment(ALL, to + 5 * ROW, ORDER);
        c6.blend(c7.rearrange(BY_1), UPPER_1).intoMemorySegment(ALL, to + 6 * ROW, ORDER);
        c6.rearrange(BY_1).blend(c7, UPPER_1).intoMemorySegment(ALL, to + 7 * ROW, ORDER);
    }
}
