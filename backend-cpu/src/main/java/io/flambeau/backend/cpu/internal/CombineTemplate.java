package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Scatter;
import java.lang.invoke.MethodHandles;

/** Scatters elements of one type in one way; see Note [Templates]. */
final class CombineTemplate implements Indexing.Combine {
    private static final Scatter.Kind KIND = Specialiser.data(MethodHandles.lookup(), Scatter.Kind.class, 0);
    private static final Element TYPE = Specialiser.data(MethodHandles.lookup(), Element.class, 1);
    private static final Element BITS = TYPE.bits();
    private static final Element COMPUTING = TYPE.computing();

    CombineTemplate() {}

    @Override
    public void run(
            int n, long index, long indexStep, long from, long fromStep, long to, long toStep, long jump, long limit) {
        if (indexStep == 8 && fromStep == TYPE.bytes && toStep == 0 && jump == TYPE.bytes) {
            adjacent(n, index, from, to, limit);
            return;
        }
        for (int k = 0; k < n; k++) {
            long i = Mem.i64(index + k * indexStep);
            if (i < 0 || i >= limit) {
                throw Indexing.outside(new Scatter(KIND, 0).title(), i, limit);
            }
            one(from + k * fromStep, to + k * toStep + i * jump);
        }
    }

    /** Into one row, with nothing to multiply. */
    private static void adjacent(int n, long index, long from, long to, long limit) {
        for (int k = 0; k < n; k++) {
            long i = Mem.i64(index + k * 8L);
            if (Long.compareUnsigned(i, limit) >= 0) {
                throw Indexing.outside(new Scatter(KIND, 0).title(), i, limit);
            }
            one(from + (long) k * TYPE.bytes, to + i * TYPE.bytes);
        }
    }

    private static void one(long from, long to) {
        if (KIND == Scatter.Kind.SET) {
            BITS.move(from, to);
        } else if (COMPUTING == Element.I64) {
            TYPE.i64(to, integer(TYPE.i64(to), TYPE.i64(from)));
        } else if (COMPUTING == Element.F32) {
            TYPE.f32(to, real(TYPE.f32(to), TYPE.f32(from)));
        } else if (COMPUTING == Element.F64) {
            TYPE.f64(to, real(TYPE.f64(to), TYPE.f64(from)));
        } else {
            complex(from, to);
        }
    }

    private static long integer(long x, long y) {
        return switch (KIND) {
            case ADD -> x + y;
            case MUL -> x * y;
            case MAX -> Math.max(x, y);
            default -> Math.min(x, y);
        };
    }

    private static float real(float x, float y) {
        return switch (KIND) {
            case ADD -> x + y;
            case MUL -> x * y;
            case MAX -> Math.max(x, y);
            default -> Math.min(x, y);
        };
    }

    private static double real(double x, double y) {
        return switch (KIND) {
            case ADD -> x + y;
            case MUL -> x * y;
            case MAX -> Math.max(x, y);
            default -> Math.min(x, y);
        };
    }

    private static void complex(long from, long to) {
        double a = TYPE.f64(to);
        double b = TYPE.imaginary(to);
        double c = TYPE.f64(from);
        double d = TYPE.imaginary(from);
        if (KIND == Scatter.Kind.ADD) {
            TYPE.c128(to, a + c, b + d);
        } else {
            TYPE.c128(to, a * c - b * d, a * d + b * c);
        }
    }
}
