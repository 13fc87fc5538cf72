package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.internal.special.Gamma;
import io.flambeau.tensor.internal.special.IncompleteGamma;
import io.flambeau.tensor.internal.special.Series;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Special functions of two real operands, some without gradient for the first. */
public enum SpecialPair implements Pointwise {
    ZETA(Gamma::zeta, null, (g, x, q) -> g.mul(x.neg()).mul(zeta(x.add(1), q))),
    IGAMMA(IncompleteGamma::igamma, null, (g, a, x) -> g.mul(density(a, x))),
    IGAMMAC(IncompleteGamma::igammac, null, (g, a, x) -> g.mul(density(a, x)).neg()),
    XLOG1PY(
            Elementary::xlog1py,
            (g, x, y) -> g.mul(zeroWhere(x.eq(0).logicalAnd(y.le(-1)), y.log1p())),
            (g, x, y) -> g.mul(x).div(y.add(1)));

    /** The gradient of one operand. */
    private interface Slope {
        Tensor of(Tensor g, Tensor x, Tensor y);
    }

    private final DoubleBinaryOperator definition;
    private final @Nullable Slope first;
    private final Slope second;

    SpecialPair(DoubleBinaryOperator definition, @Nullable Slope first, Slope second) {
        this.definition = definition;
        this.first = first;
        this.second = second;
    }

    private static Tensor zeta(Tensor x, Tensor q) {
        return Tensor.bind(ZETA, x, q);
    }

    /** x^(a - 1) exp(-x) / gamma(a). */
    private static Tensor density(Tensor a, Tensor x) {
        return a.sub(1)
                .mul(x.log())
                .sub(x)
                .sub(Tensor.bind(SpecialFunction.LGAMMA, a))
                .exp();
    }

    private static Tensor zeroWhere(Tensor condition, Tensor value) {
        return value.newZeros(Shape.SCALAR).where(condition, value);
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public String c() {
        return switch (this) {
            case ZETA -> "sf_zeta(a, b)";
            case IGAMMA -> "sf_igamma_of(a, b, -1)";
            case IGAMMAC -> "sf_igamma_of(a, b, 1)";
            // Some devices' log1p takes a subnormal for 0.
            case XLOG1PY -> "b != b ? b : a == 0 ? 0 : a * (fabs(b) < (R)1e-30 ? b : log1p(b))";
        };
    }

    @Override
    public String functions() {
        return Series.c() + Gamma.c() + IncompleteGamma.c();
    }

    @Override
    public double apply(double a, double b, double c) {
        return definition.applyAsDouble(a, b);
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Slope left = first;
        Slope right = second;
        return Pullback.saving(in[0], in[1])
                .of(
                        left == null ? Pullback.refused(this, "its first argument") : (g, s) -> left.of(g, s[0], s[1]),
                        (g, s) -> right.of(g, s[0], s[1]));
    }
}
