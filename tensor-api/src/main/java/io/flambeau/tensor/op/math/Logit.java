package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/**
 * log(x / (1 - x)), the inverse of the sigmoid.
 *
 * @param eps how far x is kept from 0 and 1; NaN leaves it as it is
 */
public record Logit(double eps) implements Pointwise {
    @Override
    public int arity() {
        return 1;
    }

    @Override
    public double apply(double x, double b, double c) {
        double p = Double.isNaN(eps) ? x : Math.min(Math.max(x, eps), 1 - eps);
        return Elementary.logit(p);
    }

    @Override
    public String c() {
        String p = Double.isNaN(eps) ? "(W)a" : "fmin(fmax((W)a, (W)" + eps + "), 1 - (W)" + eps + ")";
        return "a != a ? a : log(" + p + " / (1 - " + p + "))";
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> {
            Tensor x = s[0];
            Tensor slope = g.div(x.mul(x.rsub(1)));
            double low = Double.isNaN(eps) ? 0 : eps;
            Tensor outside = x.lt(low).logicalOr(x.gt(1 - low));
            double beyond = Double.isNaN(eps) ? Double.NaN : 0;
            return slope.fullLike(Scalar.of(beyond)).where(outside, slope);
        });
    }
}
