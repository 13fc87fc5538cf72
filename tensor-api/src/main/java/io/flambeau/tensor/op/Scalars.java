package io.flambeau.tensor.op;

/** Scalar definitions of the elementwise families that need more than an expression, bit for bit reproducible. */
final class Scalars {
    private Scalars() {}

    static double log2(double x) {
        // Exact for powers of two: the exponent is split off first.
        if (!(x > 0) || Double.isInfinite(x)) {
            return StrictMath.log(x);
        }
        int exponent = Math.getExponent(x);
        if (exponent < Double.MIN_EXPONENT) {
            return log2(x * 0x1p54) - 54;
        }
        double mantissa = Math.scalb(x, -exponent);
        if (mantissa > 1.4142135623730951) {
            mantissa /= 2;
            exponent++;
        }
        return exponent + StrictMath.log(mantissa) * 1.4426950408889634;
    }

    /** StrictMath's pow, but 1 to any power and anything to the power of 0 are 1, also for NaN, as in C. */
    static double pow(double x, double y) {
        return x == 1 || x == -1 && Double.isInfinite(y) ? 1 : StrictMath.pow(x, y);
    }

    static long pow(long x, long y) {
        if (y < 0) {
            return x == 1 ? 1 : x == -1 ? (y & 1) == 0 ? 1 : -1 : 0;
        }
        long power = 1;
        for (long base = x, e = y; e > 0; e >>= 1, base *= base) {
            if ((e & 1) != 0) {
                power *= base;
            }
        }
        return power;
    }

    static double remainder(double x, double y) {
        double rest = x % y;
        return rest != 0 && (y < 0) != (rest < 0) ? rest + y : rest;
    }

    static long remainder(long x, long y) {
        if (y == 0) {
            throw Binary.byZero(Binary.REMAINDER);
        }
        return Math.floorMod(x, y);
    }

    static long fmod(long x, long y) {
        if (y == 0) {
            throw Binary.byZero(Binary.FMOD);
        }
        return x % y;
    }

    /** Python's floor division: exact where the plain quotient would round up across an integer. */
    static double floorDivide(double x, double y) {
        if (y == 0) {
            return x / y;
        }
        double rest = x % y;
        double quotient = (x - rest) / y;
        if (rest != 0 && (y < 0) != (rest < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0, x / y);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    static long floorDivide(long x, long y) {
        if (y == 0) {
            throw Binary.byZero(Binary.FLOOR_DIVIDE);
        }
        return Math.floorDiv(x, y);
    }

    static double truncDivide(double x, double y) {
        double quotient = x / y;
        return quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
    }

    static long truncDivide(long x, long y) {
        if (y == 0) {
            throw Binary.byZero(Binary.TRUNC_DIVIDE);
        }
        return x / y;
    }
}
