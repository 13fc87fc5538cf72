package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** The logarithm of a sum of two exponentials, of base e or 2. */
public enum LogAddExp implements Pointwise {
    LOGADDEXP {
        @Override
        public double apply(double a, double b, double c) {
            return Elementary.logAddExp(a, b);
        }

        /** With the larger real part factored out. */
        @Override
        public Complex apply(Complex a, Complex b, Complex c) {
            boolean first = a.re() >= b.re();
            Complex large = first ? a : b;
            Complex small = first ? b : a;
            if (large.re() == Double.NEGATIVE_INFINITY || large.equals(small) && Double.isInfinite(large.re())) {
                return large;
            }
            return large.plus(small.minus(large).exp().log1p());
        }

        @Override
        Tensor weight(Tensor difference) {
            return difference.exp().add(1).reciprocal();
        }
    },
    LOGADDEXP2 {
        @Override
        public double apply(double a, double b, double c) {
            return Elementary.logAddExp2(a, b);
        }

        @Override
        Tensor weight(Tensor difference) {
            return difference.rpow(Scalar.of(2.0)).add(1).reciprocal();
        }
    };

    /** The share of an operand in the sum, from the other one minus it. */
    abstract Tensor weight(Tensor difference);

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], in[1])
                .of(
                        (g, s) -> g.mul(weight(s[1].sub(s[0])).conj()),
                        (g, s) -> g.mul(weight(s[0].sub(s[1])).conj()));
    }
}
