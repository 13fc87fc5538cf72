package io.flambeau.tensor.op.math;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.op.Pointwise;

/** The exponent (I32) of {@code frexp}: x = mantissa 2^exponent with a mantissa in [0.5, 1); 0 of 0 and of infinities. */
public enum Exponent implements Pointwise {
    EXPONENT;

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public DType result(DType[] in) {
        return DType.I32;
    }

    @Override
    public double apply(double x, double b, double c) {
        return Elementary.exponent(x);
    }

    @Override
    public String c() {
        return "a - a == 0 && a != 0 ? ilogb(a) + 1 : 0";
    }
}
