package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** sin(pi x) / (pi x), 1 at 0. */
public enum Sinc implements Pointwise {
    SINC;

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public double apply(double a, double b, double c) {
        return Elementary.sinc(a);
    }

    @Override
    public Complex apply(Complex a, Complex b, Complex c) {
        return a.sinc();
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> {
            Tensor t = s[0].mul(Math.PI);
            Tensor slope = t.cos().mul(t).sub(t.sin()).div(t.mul(s[0]));
            return g.mul(slope.newZeros(Shape.SCALAR).where(s[0].eq(0), slope).conj());
        });
    }
}
