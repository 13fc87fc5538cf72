package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** The modulus of complex numbers, in their real dtype. */
public enum ComplexAbs implements Pointwise {
    COMPLEX_ABS;

    @Override
    public String title() {
        return "abs";
    }

    @Override
    public boolean isDefined(DType dtype) {
        return dtype.isComplex();
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public DType result(DType[] in) {
        return in[0].toReal();
    }

    @Override
    public Complex apply(Complex a, Complex b, Complex c) {
        return new Complex(a.abs(), 0);
    }

    @Override
    public String complexC() {
        return "zw(zw_abs(a), 0)";
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> s[0].sgn().mul(g));
    }
}
