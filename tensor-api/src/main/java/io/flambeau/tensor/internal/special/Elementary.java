package io.flambeau.tensor.internal.special;

/** Small functions of real scalars with C's and PyTorch's results at the special values. */
public final class Elementary {
    private static final double LN_TWO = 0.69314718055994530942;

    private Elementary() {}

    /** C's pow: unlike Java's, 1^y is 1 for every y and (-1)^inf is 1. */
    public static double pow(double x, double y) {
        if (x == 1 || x == -1 && Double.isInfinite(y)) {
            return 1;
        }
        return StrictMath.pow(x, y);
    }

    public static double asinh(double x) {
        double a = Math.abs(x);
        if (a > 1e8) {
            return Math.copySign(StrictMath.log(a) + LN_TWO, x);
        }
        double square = a * a;
        return Math.copySign(StrictMath.log1p(a + square / (1 + StrictMath.sqrt(1 + square))), x);
    }

    public static double acosh(double x) {
        if (x > 1e8) {
            return StrictMath.log(x) + LN_TWO;
        }
        if (x < 1) {
            return Double.NaN;
        }
        double t = x - 1;
        return StrictMath.log1p(t + StrictMath.sqrt(t * (x + 1)));
    }

    public static double atanh(double x) {
        double a = Math.abs(x);
        return Math.copySign(0.5 * StrictMath.log1p(2 * a / (1 - a)), x);
    }

    /** 1 / (1 + exp(-x)). */
    public static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /** -x log(x), 0 at 0, -inf below. */
    public static double entr(double x) {
        if (x > 0) {
            return -x * StrictMath.log(x);
        }
        return x == 0 ? 0 : Double.isNaN(x) ? x : Double.NEGATIVE_INFINITY;
    }

    /** x log(y), 0 where x is 0 unless y is NaN. */
    public static double xlogy(double x, double y) {
        return Double.isNaN(y) ? y : x == 0 ? 0 : x * StrictMath.log(y);
    }

    /** x log(1 + y), 0 where x is 0 unless y is NaN. */
    public static double xlog1py(double x, double y) {
        return Double.isNaN(y) ? y : x == 0 ? 0 : x * StrictMath.log1p(y);
    }

    /** log(x / (1 - x)). */
    public static double logit(double x) {
        return StrictMath.log(x / (1 - x));
    }

    /** sin(pi x) / (pi x), 1 at 0. */
    public static double sinc(double x) {
        if (x == 0) {
            return 1;
        }
        double t = Math.PI * x;
        return StrictMath.sin(t) / t;
    }

    /** log(exp(a) + exp(b)) without overflow. */
    public static double logAddExp(double a, double b) {
        if (Double.isInfinite(a) && a == b) {
            return a;
        }
        return Math.max(a, b) + StrictMath.log1p(StrictMath.exp(-Math.abs(a - b)));
    }

    /** log2(2^a + 2^b) without overflow. */
    public static double logAddExp2(double a, double b) {
        if (Double.isInfinite(a) && a == b) {
            return a;
        }
        return Math.max(a, b) + StrictMath.log1p(StrictMath.pow(2, -Math.abs(a - b))) / LN_TWO;
    }

    /** 0 below zero and for NaN, 1 above, the given value at zero. */
    public static double heaviside(double x, double atZero) {
        return x == 0 ? atZero : x > 0 ? 1 : 0;
    }

    /** The m in [1/2, 1) with x = m 2^e; x itself where it is zero, infinite or NaN. */
    public static double mantissa(double x) {
        if (x == 0 || Double.isInfinite(x) || Double.isNaN(x)) {
            return x;
        }
        return Math.scalb(x, -exponent(x));
    }

    /** The e with x = m 2^e and m in [1/2, 1); 0 where x is zero, infinite or NaN. */
    public static int exponent(double x) {
        if (x == 0 || Double.isInfinite(x) || Double.isNaN(x)) {
            return 0;
        }
        int e = Math.getExponent(x);
        return e >= Double.MIN_EXPONENT ? e + 1 : Math.getExponent(x * 0x1p54) + 1 - 54;
    }

    /** The greatest common divisor, 0 for two zeros, computed in wrapping arithmetic. */
    public static long gcd(long a, long b) {
        long x = Math.abs(a);
        long y = Math.abs(b);
        while (x != 0) {
            long r = y % x;
            y = x;
            x = r;
        }
        return y;
    }

    /** The least common multiple, 0 if either is 0. */
    public static long lcm(long a, long b) {
        long g = gcd(a, b);
        return g == 0 ? 0 : Math.abs(a / g * b);
    }
}
