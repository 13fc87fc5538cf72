package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.math.OrthogonalPolynomial;
import io.flambeau.tensor.op.math.Polygamma;
import io.flambeau.tensor.op.math.SpecialFunction;
import io.flambeau.tensor.op.math.SpecialPair;

/**
 * Special functions, elementwise: PyTorch's {@code torch.special}. Integers are taken in the default floating dtype;
 * two
 * operands promote and broadcast. Computed in F64 and rounded to the dtype.
 */
public final class Special {
    private static final double LOG_PI = 1.1447298858494001741;

    private Special() {}

    private static Tensor of(Op op, Tensor x) {
        return Dispatch.one(op, x.to(Promote.floating(x.dtype())));
    }

    private static Tensor of(Op op, Tensor x, Tensor y) {
        return Promote.pointwise(op, Promote.floating(Promote.dtype(x, y)), x, y);
    }

    // The error function and the normal distribution

    public static Tensor erf(Tensor x) {
        return x.erf();
    }

    /** 1 - erf(x). */
    public static Tensor erfc(Tensor x) {
        return of(SpecialFunction.ERFC, x);
    }

    /** exp(x^2) erfc(x). */
    public static Tensor erfcx(Tensor x) {
        return of(SpecialFunction.ERFCX, x);
    }

    public static Tensor erfinv(Tensor x) {
        return of(SpecialFunction.ERFINV, x);
    }

    /** The distribution function of the standard normal distribution. */
    public static Tensor ndtr(Tensor x) {
        return of(SpecialFunction.NDTR, x);
    }

    /** The quantile of the standard normal distribution. */
    public static Tensor ndtri(Tensor p) {
        return of(SpecialFunction.NDTRI, p);
    }

    public static Tensor logNdtr(Tensor x) {
        return of(SpecialFunction.LOG_NDTR, x);
    }

    // The gamma function and its kin

    /** log |gamma(x)|. */
    public static Tensor lgamma(Tensor x) {
        return of(SpecialFunction.LGAMMA, x);
    }

    public static Tensor digamma(Tensor x) {
        return of(SpecialFunction.DIGAMMA, x);
    }

    /** The n-th derivative of digamma. */
    public static Tensor polygamma(int n, Tensor x) {
        return n == 0 ? digamma(x) : of(new Polygamma(n), x);
    }

    /** The logarithm of the multivariate gamma function of dimension p. */
    public static Tensor mvlgamma(Tensor x, int p) {
        if (p < 1) {
            throw new ArgumentException("mvlgamma", "p must be at least 1, it is " + p, Fault.BAD_ARGUMENT);
        }
        Tensor a = x.to(Promote.floating(x.dtype()));
        Tensor sum = lgamma(a);
        for (int i = 1; i < p; i++) {
            sum = sum.add(lgamma(a.sub(0.5 * i)));
        }
        return sum.add(p * (p - 1) / 4.0 * LOG_PI);
    }

    /** The regularised lower incomplete gamma function P(a, x); differentiable in x. */
    public static Tensor gammainc(Tensor a, Tensor x) {
        return of(SpecialPair.IGAMMA, a, x);
    }

    /** The regularised upper incomplete gamma function Q(a, x); differentiable in x. */
    public static Tensor gammaincc(Tensor a, Tensor x) {
        return of(SpecialPair.IGAMMAC, a, x);
    }

    /** The Hurwitz zeta function, the sum of (k + q)^-x; differentiable in q. */
    public static Tensor zeta(Tensor x, Tensor q) {
        return of(SpecialPair.ZETA, x, q);
    }

    // Logarithms

    /** -x log(x), 0 at 0, -inf below. */
    public static Tensor entr(Tensor x) {
        return of(SpecialFunction.ENTR, x);
    }

    /** x log(1 + y), 0 where x is 0. */
    public static Tensor xlog1py(Tensor x, Tensor y) {
        return of(SpecialPair.XLOG1PY, x, y);
    }

    // Bessel and Airy functions

    public static Tensor besselJ0(Tensor x) {
        return of(SpecialFunction.BESSEL_J0, x);
    }

    public static Tensor besselJ1(Tensor x) {
        return of(SpecialFunction.BESSEL_J1, x);
    }

    public static Tensor besselY0(Tensor x) {
        return of(SpecialFunction.BESSEL_Y0, x);
    }

    public static Tensor besselY1(Tensor x) {
        return of(SpecialFunction.BESSEL_Y1, x);
    }

    public static Tensor i0(Tensor x) {
        return of(SpecialFunction.I0, x);
    }

    /** exp(-|x|) i0(x). */
    public static Tensor i0e(Tensor x) {
        return of(SpecialFunction.I0E, x);
    }

    public static Tensor i1(Tensor x) {
        return of(SpecialFunction.I1, x);
    }

    /** exp(-|x|) i1(x). */
    public static Tensor i1e(Tensor x) {
        return of(SpecialFunction.I1E, x);
    }

    public static Tensor modifiedBesselK0(Tensor x) {
        return of(SpecialFunction.MODIFIED_BESSEL_K0, x);
    }

    public static Tensor modifiedBesselK1(Tensor x) {
        return of(SpecialFunction.MODIFIED_BESSEL_K1, x);
    }

    /** exp(x) K0(x). */
    public static Tensor scaledModifiedBesselK0(Tensor x) {
        return of(SpecialFunction.SCALED_MODIFIED_BESSEL_K0, x);
    }

    /** exp(x) K1(x). */
    public static Tensor scaledModifiedBesselK1(Tensor x) {
        return of(SpecialFunction.SCALED_MODIFIED_BESSEL_K1, x);
    }

    /** sin(x) / x. */
    public static Tensor sphericalBesselJ0(Tensor x) {
        return of(SpecialFunction.SPHERICAL_BESSEL_J0, x);
    }

    public static Tensor airyAi(Tensor x) {
        return of(SpecialFunction.AIRY_AI, x);
    }

    /** A classical polynomial of degree n at x, both tensors. */
    public static Tensor polynomial(OrthogonalPolynomial family, Tensor x, Tensor n) {
        return of(family, x, n);
    }
}
