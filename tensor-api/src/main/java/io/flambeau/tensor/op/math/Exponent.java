package io.flambeau.tensor.op.math;

import io.flambeau.tensor.DType;
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
        return of(x);
    }

    static int of(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return 0;
        }
        int exponent = Math.getExponent(x);
        return exponent < Double.MIN_EXPONENT ? of(x * 0x1p54) - 54 : exponent + 1;
    }
}
