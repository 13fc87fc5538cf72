package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;

/**
 * scale x where x is positive, else scale alpha (exp(rate x) - 1): ELU (Clevert, Unterthiner and Hochreiter, 2015),
 * CELU (Barron, 2017) and SELU (Klambauer and others, 2017).
 */
public record Elu(double alpha, double scale, double rate) implements Activation {
    /** ELU. */
    public static Elu of(double alpha) {
        return new Elu(alpha, 1, 1);
    }

    /** CELU, whose slope is continuous for every alpha. */
    public static Elu celu(double alpha) {
        return new Elu(alpha, 1, 1 / alpha);
    }

    /** SELU, which keeps mean 0 and variance 1. */
    public static Elu selu() {
        return new Elu(1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1);
    }

    @Override
    public Tensor value(Tensor x) {
        Tensor bent = Pieces.atMost(x, 0).mul(rate).expm1().mul(alpha * scale);
        return bent.where(x.le(0), x.mul(scale));
    }

    @Override
    public Tensor slope(Tensor x) {
        Tensor bent = Pieces.atMost(x, 0).mul(rate).exp().mul(alpha * scale * rate);
        return bent.where(x.le(0), x.fullLike(Scalar.of(scale)));
    }
}
