package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Tensor;

/**
 * x times the normal distribution function of x (Hendrycks and Gimpel, 2016).
 *
 * @param tanh whether the distribution is approximated by a hyperbolic tangent
 */
public record Gelu(boolean tanh) implements Activation {
    private static final double SQRT_HALF = 0.7071067811865476;
    private static final double INV_SQRT_2PI = 0.3989422804014327;
    private static final double SQRT_2_OVER_PI = 0.7978845608028654;
    private static final double CUBIC = 0.044715;

    @Override
    public Tensor value(Tensor x) {
        return x.mul(distribution(x));
    }

    private Tensor distribution(Tensor x) {
        Tensor inner = tanh ? inner(x).tanh() : x.mul(SQRT_HALF).erf();
        return inner.add(1).mul(0.5);
    }

    private static Tensor inner(Tensor x) {
        return x.square().mul(CUBIC).add(1).mul(x).mul(SQRT_2_OVER_PI);
    }

    @Override
    public Tensor slope(Tensor x) {
        Tensor density = tanh
                ? inner(x).tanh()
                        .square()
                        .rsub(1)
                        .mul(x.square().mul(3 * CUBIC).add(1))
                        .mul(SQRT_2_OVER_PI / 2)
                : x.square().mul(-0.5).exp().mul(INV_SQRT_2PI);
        return distribution(x).add(x.mul(density));
    }
}
