package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Airy;
import io.flambeau.tensor.internal.special.Bessel;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.internal.special.Erf;
import io.flambeau.tensor.internal.special.Gamma;
import io.flambeau.tensor.internal.special.ModifiedBessel;
import io.flambeau.tensor.internal.special.Normal;
import io.flambeau.tensor.internal.special.Series;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Special functions of one real operand, with their definitions and gradients. */
public enum SpecialFunction implements Pointwise {
    ERFC(Erf::erfc, (g, x, y) -> g.mul(x.square().neg().exp().mul(-Constants.TWO_OVER_SQRT_PI))),
    ERFCX(Erf::erfcx, (g, x, y) -> g.mul(x.mul(y).mul(2).sub(Constants.TWO_OVER_SQRT_PI))),
    ERFINV(Erf::erfinv, (g, x, y) -> g.mul(y.square().exp().mul(1 / Constants.TWO_OVER_SQRT_PI))),
    LGAMMA(Gamma::lgamma, (g, x, y) -> g.mul(digamma(x))),
    DIGAMMA(Gamma::digamma, (g, x, y) -> g.mul(Tensor.bind(new Polygamma(1), x))),
    NDTR(Normal::ndtr, (g, x, y) -> g.mul(x.square().mul(-0.5).exp().mul(1 / Constants.SQRT_TWO_PI))),
    NDTRI(Normal::ndtri, (g, x, y) -> g.mul(y.square().mul(0.5).exp().mul(Constants.SQRT_TWO_PI))),
    LOG_NDTR(
            Normal::logNdtr, (g, x, y) -> g.mul(2 / Constants.SQRT_TWO_PI).div(of(ERFCX, x.mul(-Constants.SQRT_HALF)))),
    ENTR(Elementary::entr, (g, x, y) -> g.mul(x.log().add(1).neg())),
    I0(ModifiedBessel::i0, (g, x, y) -> g.mul(i1(x))),
    I0E(ModifiedBessel::i0e, (g, x, y) -> g.mul(i1e(x).sub(x.sign().mul(y)))),
    I1(
            ModifiedBessel::i1,
            (g, x, y) -> g.mul(constant(x, 0.5).where(x.eq(0), of(I0, x).sub(y.div(x))))),
    I1E(ModifiedBessel::i1e, (g, x, y) -> {
        Tensor slope = of(I0E, x).sub(y.mul(x.sign().add(x.reciprocal())));
        return g.mul(constant(x, 0.5).where(x.eq(0), slope));
    }),
    BESSEL_J0(Bessel::j0, (g, x, y) -> g.mul(j1(x)).neg()),
    BESSEL_J1(
            Bessel::j1,
            (g, x, y) -> g.mul(constant(x, 0.5).where(x.eq(0), of(BESSEL_J0, x).sub(y.div(x))))),
    BESSEL_Y0(Bessel::y0, (g, x, y) -> g.mul(y1(x)).neg()),
    BESSEL_Y1(Bessel::y1, (g, x, y) -> g.mul(of(BESSEL_Y0, x).sub(y.div(x)))),
    MODIFIED_BESSEL_K0(ModifiedBessel::k0, (g, x, y) -> g.mul(k1(x)).neg()),
    MODIFIED_BESSEL_K1(
            ModifiedBessel::k1,
            (g, x, y) -> g.mul(of(MODIFIED_BESSEL_K0, x).add(y.div(x))).neg()),
    SCALED_MODIFIED_BESSEL_K0(ModifiedBessel::k0e, (g, x, y) -> g.mul(y.sub(k1e(x)))),
    SCALED_MODIFIED_BESSEL_K1(
            ModifiedBessel::k1e,
            (g, x, y) -> g.mul(y.sub(of(SCALED_MODIFIED_BESSEL_K0, x)).sub(y.div(x)))),
    SPHERICAL_BESSEL_J0(
            Bessel::sphericalJ0,
            (g, x, y) -> g.mul(constant(x, 0).where(x.eq(0), x.cos().sub(y).div(x)))),
    /** Without gradient. */
    AIRY_AI(Airy::ai, null);

    /** The gradient from the cotangent, the operand and the result. */
    private interface Slope {
        Tensor of(Tensor g, Tensor x, Tensor y);
    }

    private static final class Constants {
        static final double TWO_OVER_SQRT_PI = 1.1283791670955125739;
        static final double SQRT_TWO_PI = 2.5066282746310005024;
        static final double SQRT_HALF = 0.70710678118654752440;
    }

    private final DoubleUnaryOperator definition;
    private final @Nullable Slope slope;

    SpecialFunction(DoubleUnaryOperator definition, @Nullable Slope slope) {
        this.definition = definition;
        this.slope = slope;
    }

    private static Tensor of(SpecialFunction f, Tensor x) {
        return Tensor.bind(f, x);
    }

    // Constants that are declared after those whose gradients use them.

    private static Tensor digamma(Tensor x) {
        return of(DIGAMMA, x);
    }

    private static Tensor i1(Tensor x) {
        return of(I1, x);
    }

    private static Tensor i1e(Tensor x) {
        return of(I1E, x);
    }

    private static Tensor j1(Tensor x) {
        return of(BESSEL_J1, x);
    }

    private static Tensor y1(Tensor x) {
        return of(BESSEL_Y1, x);
    }

    private static Tensor k1(Tensor x) {
        return of(MODIFIED_BESSEL_K1, x);
    }

    private static Tensor k1e(Tensor x) {
        return of(SCALED_MODIFIED_BESSEL_K1, x);
    }

    private static Tensor constant(Tensor x, double value) {
        return x.newFull(Shape.SCALAR, Scalar.of(value));
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public String c() {
        return switch (this) {
            case ERFC -> "erfc(a)";
            case ERFCX -> "sf_erfcx(a)";
            case ERFINV -> "sf_erfinv(a)";
            case LGAMMA -> "lgamma(a)";
            case DIGAMMA -> "sf_digamma(a)";
            case NDTR -> "sf_ndtr(a)";
            case NDTRI -> "sf_ndtri(a)";
            case LOG_NDTR -> "sf_log_ndtr(a)";
            case ENTR -> "a > 0 ? -a * log(a) : a == 0 ? 0 : a != a ? a : -INFINITY_R";
            case SPHERICAL_BESSEL_J0 -> "a == 0 ? 1 : fabs(a) == INFINITY_R ? 0 : sin(a) / a";
            case I0 -> "sf_i0(a)";
            case I0E -> "sf_i0e(a)";
            case I1 -> "sf_i1(a)";
            case I1E -> "sf_i1e(a)";
            case BESSEL_J0 -> "sf_j0(a)";
            case BESSEL_J1 -> "sf_j1(a)";
            case BESSEL_Y0 -> "sf_y0(a)";
            case BESSEL_Y1 -> "sf_y1(a)";
            case MODIFIED_BESSEL_K0 -> "sf_k0(a)";
            case MODIFIED_BESSEL_K1 -> "sf_k1(a)";
            case SCALED_MODIFIED_BESSEL_K0 -> "sf_k0e(a)";
            case SCALED_MODIFIED_BESSEL_K1 -> "sf_k1e(a)";
            case AIRY_AI -> "sf_airy_ai(a)";
        };
    }

    @Override
    public String functions() {
        return Series.c() + Erf.c() + Normal.c() + Gamma.c() + Bessel.c() + ModifiedBessel.c() + Airy.c();
    }

    @Override
    public double apply(double a, double b, double c) {
        return definition.applyAsDouble(a);
    }

    @Override
    public @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        Slope rule = slope;
        return rule == null ? null : Pullback.saving(in[0], out[0]).of((g, s) -> rule.of(g, s[0], s[1]));
    }
}
