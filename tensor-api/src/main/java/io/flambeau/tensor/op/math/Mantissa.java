package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** The mantissa of {@code frexp}, in [0.5, 1) but for 0 and what is not finite. */
public enum Mantissa implements Pointwise {
    MANTISSA;

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public double apply(double x, double b, double c) {
        return Elementary.mantissa(x);
    }

    @Override
    public String c() {
        return "a - a == 0 && a != 0 ? ldexp(a, -ilogb(a) - 1) : a";
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> {
            Tensor exponent = Tensor.bind(Exponent.EXPONENT, s[0]).to(g.dtype());
            return g.div(exponent.rpow(Scalar.of(2.0)));
        });
    }
}
