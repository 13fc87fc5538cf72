package io.flambeau.tensor;

import io.flambeau.tensor.internal.special.Elementary;

/**
 * A complex number and its elementary functions, with the principal branches and special values of C99 Annex G where
 * PyTorch keeps them.
 *
 * <p>The inverse functions follow Kahan, Branch Cuts for Complex Elementary Functions (1987). Products are the plain
 * formula, as in PyTorch:
 * an infinite factor may give NaN.
 */
public record Complex(double re, double im) {
    public static final Complex ZERO = new Complex(0, 0);
    public static final Complex ONE = new Complex(1, 0);
    private static final double LN_TWO = 0.69314718055994530942;
    private static final double LN_TEN = 2.30258509299404568402;
    private static final double HALF_PI = Math.PI / 2;

    public Complex plus(Complex z) {
        return new Complex(re + z.re, im + z.im);
    }

    public Complex minus(Complex z) {
        return new Complex(re - z.re, im - z.im);
    }

    public Complex negate() {
        return new Complex(-re, -im);
    }

    public Complex conj() {
        return new Complex(re, -im);
    }

    public Complex times(double s) {
        return new Complex(re * s, im * s);
    }

    public Complex times(Complex z) {
        return new Complex(re * z.re - im * z.im, re * z.im + im * z.re);
    }

    /**
     * The quotient, scaled by the larger part of the divisor so that it overflows only if the result does (Smith,
     * 1962).
     */
    public Complex over(Complex z) {
        if (Math.abs(z.re) >= Math.abs(z.im)) {
            if (z.re == 0 && z.im == 0) {
                return new Complex(re / Math.abs(z.re), im / Math.abs(z.im));
            }
            double ratio = z.im / z.re;
            double scale = z.re + z.im * ratio;
            return new Complex((re + im * ratio) / scale, (im - re * ratio) / scale);
        }
        double ratio = z.re / z.im;
        double scale = z.re * ratio + z.im;
        return new Complex((re * ratio + im) / scale, (im * ratio - re) / scale);
    }

    public Complex reciprocal() {
        return ONE.over(this);
    }

    public double abs() {
        return StrictMath.hypot(re, im);
    }

    /** The argument in [-pi, pi]. */
    public double angle() {
        return StrictMath.atan2(im, re);
    }

    /** z / |z|, 0 at 0. */
    public Complex sgn() {
        double r = abs();
        return r == 0 ? ZERO : new Complex(re / r, im / r);
    }

    public boolean isNaN() {
        return Double.isNaN(re) || Double.isNaN(im);
    }

    public boolean isFinite() {
        return Double.isFinite(re) && Double.isFinite(im);
    }

    public static Complex polar(double r, double angle) {
        return new Complex(r * StrictMath.cos(angle), r * StrictMath.sin(angle));
    }

    public Complex sqrt() {
        if (Double.isInfinite(im)) {
            return new Complex(Double.POSITIVE_INFINITY, im);
        }
        if (Double.isNaN(re)) {
            return new Complex(re, Double.NaN);
        }
        if (Double.isInfinite(re)) {
            double zero = Double.isNaN(im) ? im : 0;
            return re > 0
                    ? new Complex(re, Double.isNaN(im) ? im : Math.copySign(0, im))
                    : new Complex(zero, Math.copySign(-re, im));
        }
        if (re == 0 && im == 0) {
            return new Complex(0, im);
        }
        // Scaling by 4^k keeps hypot and the sum clear of overflow and of subnormal loss.
        int k = Math.getExponent(Math.max(Math.abs(re), Math.abs(im))) / 2;
        double x = Math.scalb(re, -2 * k);
        double y = Math.scalb(im, -2 * k);
        double t = StrictMath.sqrt(0.5 * (StrictMath.hypot(x, y) + Math.abs(x)));
        double big = Math.scalb(t, k);
        double small = Math.scalb(Math.abs(y) / (2 * t), k);
        return re >= 0 ? new Complex(big, Math.copySign(small, im)) : new Complex(small, Math.copySign(big, im));
    }

    public Complex rsqrt() {
        return sqrt().reciprocal();
    }

    public Complex exp() {
        if (im == 0) {
            return new Complex(StrictMath.exp(re), im);
        }
        if (Double.isInfinite(re) && !Double.isFinite(im)) {
            return re < 0 ? ZERO : new Complex(re, Double.NaN);
        }
        return scaledExp(StrictMath.cos(im), StrictMath.sin(im));
    }

    /** exp(re) (c + i s), correct where exp(re) alone overflows but the product does not. */
    private Complex scaledExp(double c, double s) {
        if (re > 709 && re < 1440) {
            double half = StrictMath.exp(re - 709);
            double rest = StrictMath.exp(709);
            return new Complex(c * rest * half, s * rest * half);
        }
        double r = StrictMath.exp(re);
        return new Complex(r * c, r * s);
    }

    public Complex exp2() {
        return times(LN_TWO).exp();
    }

    /** exp(z) - 1, accurate near 0. */
    public Complex expm1() {
        if (im == 0) {
            return new Complex(StrictMath.expm1(re), im);
        }
        double halfSin = StrictMath.sin(im / 2);
        double x = StrictMath.expm1(re) * StrictMath.cos(im) - 2 * halfSin * halfSin;
        return new Complex(x, StrictMath.exp(re) * StrictMath.sin(im));
    }

    /** The principal logarithm, accurate where |z| is near 1. */
    public Complex log() {
        return new Complex(logAbs(re, im), angle());
    }

    private static double logAbs(double x, double y) {
        if (Double.isInfinite(x) || Double.isInfinite(y)) {
            return Double.POSITIVE_INFINITY;
        }
        double a = Math.max(Math.abs(x), Math.abs(y));
        double b = Math.min(Math.abs(x), Math.abs(y));
        if (a > 0.5 && a < 3 && b < 3) {
            // |z|^2 - 1 = (a - 1)(a + 1) + b^2; the products' rounding errors are added back.
            double p = (a - 1) * (a + 1);
            double pError = Math.fma(a - 1, a + 1, -p);
            double square = b * b;
            double squareError = Math.fma(b, b, -square);
            double sum = p + square;
            double part = sum - p;
            double sumError = (p - (sum - part)) + (square - part);
            return 0.5 * StrictMath.log1p(sum + (pError + squareError + sumError));
        }
        if (a > 0 && a < 1e-300) {
            return StrictMath.log(StrictMath.hypot(a * 0x1p200, b * 0x1p200)) - 200 * LN_TWO;
        }
        if (a > 1e300) {
            return StrictMath.log(StrictMath.hypot(a * 0x1p-4, b * 0x1p-4)) + 4 * LN_TWO;
        }
        return StrictMath.log(StrictMath.hypot(a, b));
    }

    public Complex log2() {
        return log().times(1 / LN_TWO);
    }

    public Complex log10() {
        return log().times(1 / LN_TEN);
    }

    /** log(1 + z), accurate near 0. */
    public Complex log1p() {
        double angle = StrictMath.atan2(im, 1 + re);
        if (Math.abs(re) < 0.5 && Math.abs(im) < 0.5) {
            // |1 + z|^2 - 1 = re (2 + re) + im^2.
            return new Complex(0.5 * StrictMath.log1p(Math.fma(im, im, re * (2 + re))), angle);
        }
        return new Complex(logAbs(1 + re, im), angle);
    }

    /** z^w = exp(w log z), with 0^0 = 1 and 0^w = 0 for a positive real part. */
    public Complex pow(Complex w) {
        if (w.re == 0 && w.im == 0) {
            return ONE;
        }
        if (re == 0 && im == 0) {
            return w.re > 0 ? ZERO : new Complex(Double.NaN, Double.NaN);
        }
        if (w.im == 0) {
            if (w.re == 1) {
                return this;
            }
            if (w.re == 2) {
                return times(this);
            }
            if (w.re == 0.5) {
                return sqrt();
            }
            if (w.re == -1) {
                return reciprocal();
            }
        }
        return log().times(w).exp();
    }

    public Complex sinh() {
        if (im == 0) {
            return new Complex(StrictMath.sinh(re), im);
        }
        if (Double.isInfinite(re) && !Double.isFinite(im)) {
            return new Complex(re, Double.NaN);
        }
        double c = StrictMath.cos(im);
        double s = StrictMath.sin(im);
        if (Math.abs(re) > 22) {
            Complex e = new Complex(Math.abs(re) - LN_TWO, 0).scaledExp(c, s);
            return new Complex(Math.copySign(1, re) * e.re, e.im);
        }
        return new Complex(re == 0 && Double.isNaN(c) ? re : StrictMath.sinh(re) * c, StrictMath.cosh(re) * s);
    }

    public Complex cosh() {
        if (im == 0) {
            return new Complex(StrictMath.cosh(re), re == 0 ? re * im : Math.copySign(1, re) * im);
        }
        if (Double.isInfinite(re) && !Double.isFinite(im)) {
            return new Complex(Double.POSITIVE_INFINITY, Double.NaN);
        }
        double c = StrictMath.cos(im);
        double s = StrictMath.sin(im);
        if (Math.abs(re) > 22) {
            Complex e = new Complex(Math.abs(re) - LN_TWO, 0).scaledExp(c, s);
            return new Complex(e.re, Math.copySign(1, re) * e.im);
        }
        return new Complex(StrictMath.cosh(re) * c, re == 0 && Double.isNaN(s) ? re : StrictMath.sinh(re) * s);
    }

    public Complex tanh() {
        if (Double.isInfinite(re)) {
            double zero = Double.isFinite(im) ? Math.copySign(0, StrictMath.sin(2 * im)) : 0;
            return new Complex(Math.copySign(1, re), im == 0 ? im : zero);
        }
        if (im == 0) {
            return new Complex(StrictMath.tanh(re), im);
        }
        if (Math.abs(re) > 22) {
            double decay = StrictMath.exp(-2 * Math.abs(re));
            return new Complex(Math.copySign(1, re), 4 * StrictMath.sin(im) * StrictMath.cos(im) * decay);
        }
        double t = StrictMath.tan(im);
        double beta = 1 + t * t;
        double s = StrictMath.sinh(re);
        double rho = StrictMath.sqrt(1 + s * s);
        if (Double.isInfinite(t)) {
            return new Complex(rho / s, 1 / t);
        }
        double denominator = 1 + beta * s * s;
        return new Complex(beta * rho * s / denominator, t / denominator);
    }

    public Complex sin() {
        return timesI().sinh().timesMinusI();
    }

    public Complex cos() {
        return timesI().cosh();
    }

    public Complex tan() {
        return timesI().tanh().timesMinusI();
    }

    public Complex asinh() {
        return timesI().asin().timesMinusI();
    }

    public Complex atan() {
        return timesI().atanh().timesMinusI();
    }

    public Complex asin() {
        if (large()) {
            Complex l = new Complex(Math.abs(re), Math.abs(im)).logOfTwice();
            double angle = StrictMath.atan2(Math.abs(re), Math.abs(im));
            return new Complex(Math.copySign(angle, re), Math.copySign(l.re, im));
        }
        Complex a = new Complex(1 - re, -im).sqrt();
        Complex b = new Complex(1 + re, im).sqrt();
        return new Complex(
                StrictMath.atan2(re, a.re * b.re - a.im * b.im), Elementary.asinh(a.re * b.im - a.im * b.re));
    }

    public Complex acos() {
        if (large()) {
            Complex l = new Complex(Math.abs(re), Math.abs(im)).logOfTwice();
            return new Complex(StrictMath.atan2(Math.abs(im), re), Math.copySign(l.re, -im));
        }
        Complex a = new Complex(1 - re, -im).sqrt();
        Complex b = new Complex(1 + re, im).sqrt();
        return new Complex(2 * StrictMath.atan2(a.re, b.re), Elementary.asinh(b.re * a.im - b.im * a.re));
    }

    public Complex acosh() {
        Complex a = acos();
        if (Double.isNaN(a.im) && !Double.isNaN(a.re)) {
            return new Complex(a.im, a.re);
        }
        // acosh(z) is i acos(z) or -i acos(z), whichever has a real part that is not negative.
        return a.im <= 0 && !(a.im == 0 && Math.copySign(1, a.im) > 0)
                ? new Complex(-a.im, a.re)
                : new Complex(a.im, -a.re);
    }

    public Complex atanh() {
        double x = Math.abs(re);
        double y = Math.abs(im);
        if (isNaN()) {
            double real = re == 0 || Double.isInfinite(x) ? Math.copySign(0, re) : Double.NaN;
            return new Complex(real, Double.isInfinite(y) ? Math.copySign(HALF_PI, im) : Double.NaN);
        }
        double u;
        double v;
        if (x > 1e150 || y > 1e150) {
            // u is re / |z|^2.
            if (Double.isInfinite(x) || Double.isInfinite(y)) {
                u = 0;
            } else {
                u = x >= y ? 1 / (x + y * (y / x)) : x / y / (x * (x / y) + y);
            }
            v = HALF_PI;
        } else if (x == 1 && y == 0) {
            return new Complex(Math.copySign(Double.POSITIVE_INFINITY, re), im);
        } else {
            double gap = (1 - x) * (1 - x) + y * y;
            u = x == 1 && y < 1e-150
                    ? StrictMath.log(StrictMath.sqrt(StrictMath.sqrt(4 + y * y)) / StrictMath.sqrt(y))
                    : 0.25 * StrictMath.log1p(4 * x / gap);
            v = 0.5 * StrictMath.atan2(2 * y, (1 - x) * (1 + x) - y * y);
        }
        return new Complex(Math.copySign(u, re), Math.copySign(v, im));
    }

    /** 1 / (1 + exp(-z)). */
    public Complex sigmoid() {
        return ONE.over(ONE.plus(negate().exp()));
    }

    /** sin(pi z) / (pi z), 1 at 0. */
    public Complex sinc() {
        if (re == 0 && im == 0) {
            return ONE;
        }
        Complex t = times(Math.PI);
        return t.sin().over(t);
    }

    private boolean large() {
        return Math.abs(re) > 1e150 || Math.abs(im) > 1e150;
    }

    private Complex logOfTwice() {
        Complex l = log();
        return new Complex(l.re + LN_TWO, l.im);
    }

    private Complex timesI() {
        return new Complex(-im, re);
    }

    private Complex timesMinusI() {
        return new Complex(im, -re);
    }
}
