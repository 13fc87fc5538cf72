package io.flambeau.tensor.op.math;

import io.flambeau.tensor.internal.special.Polynomials;
import io.flambeau.tensor.op.Pointwise;
import java.util.function.DoubleBinaryOperator;

/** Classical polynomials of the degree in the second operand at the first. Without gradient, as in PyTorch. */
public enum OrthogonalPolynomial implements Pointwise {
    CHEBYSHEV_POLYNOMIAL_T(Polynomials::chebyshevT),
    CHEBYSHEV_POLYNOMIAL_U(Polynomials::chebyshevU),
    CHEBYSHEV_POLYNOMIAL_V(Polynomials::chebyshevV),
    CHEBYSHEV_POLYNOMIAL_W(Polynomials::chebyshevW),
    SHIFTED_CHEBYSHEV_POLYNOMIAL_T(Polynomials::shiftedChebyshevT),
    SHIFTED_CHEBYSHEV_POLYNOMIAL_U(Polynomials::shiftedChebyshevU),
    SHIFTED_CHEBYSHEV_POLYNOMIAL_V(Polynomials::shiftedChebyshevV),
    SHIFTED_CHEBYSHEV_POLYNOMIAL_W(Polynomials::shiftedChebyshevW),
    HERMITE_POLYNOMIAL_H(Polynomials::hermiteH),
    HERMITE_POLYNOMIAL_HE(Polynomials::hermiteHe),
    LAGUERRE_POLYNOMIAL_L(Polynomials::laguerreL),
    LEGENDRE_POLYNOMIAL_P(Polynomials::legendreP);

    private final DoubleBinaryOperator definition;

    OrthogonalPolynomial(DoubleBinaryOperator definition) {
        this.definition = definition;
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public double apply(double a, double b, double c) {
        return definition.applyAsDouble(a, b);
    }

    @Override
    public String c() {
        return switch (this) {
            case CHEBYSHEV_POLYNOMIAL_T -> "sf_chebyshev_t(a, b)";
            case CHEBYSHEV_POLYNOMIAL_U -> "sf_chebyshev_u(a, b)";
            case CHEBYSHEV_POLYNOMIAL_V -> "sf_chebyshev_v(a, b)";
            case CHEBYSHEV_POLYNOMIAL_W -> "sf_chebyshev_w(a, b)";
            case SHIFTED_CHEBYSHEV_POLYNOMIAL_T -> "sf_chebyshev_t((W)a + a - 1, b)";
            case SHIFTED_CHEBYSHEV_POLYNOMIAL_U -> "sf_chebyshev_u((W)a + a - 1, b)";
            case SHIFTED_CHEBYSHEV_POLYNOMIAL_V -> "sf_chebyshev_v((W)a + a - 1, b)";
            case SHIFTED_CHEBYSHEV_POLYNOMIAL_W -> "sf_chebyshev_w((W)a + a - 1, b)";
            case HERMITE_POLYNOMIAL_H -> "sf_hermite_h(a, b)";
            case HERMITE_POLYNOMIAL_HE -> "sf_hermite_he(a, b)";
            case LAGUERRE_POLYNOMIAL_L -> "sf_laguerre_l(a, b)";
            case LEGENDRE_POLYNOMIAL_P -> "sf_legendre_p(a, b)";
        };
    }

    @Override
    public String functions() {
        return Polynomials.c();
    }
}
