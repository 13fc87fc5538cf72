package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** Replaces NaN and the infinities. */
public record NanToNum(double nan, double positive, double negative) implements Pointwise {
    @Override
    public boolean isDefined(DType dtype) {
        return true;
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public double apply(double x, double b, double c) {
        return Double.isNaN(x)
                ? nan
                : x == Double.POSITIVE_INFINITY ? positive : x == Double.NEGATIVE_INFINITY ? negative : x;
    }

    @Override
    public long apply(long x, long b, long c) {
        return x;
    }

    @Override
    public Complex apply(Complex z, Complex b, Complex c) {
        return new Complex(apply(z.re(), 0, 0), apply(z.im(), 0, 0));
    }

    @Override
    public String c() {
        return "IS_INTEGER ? a : (C)" + replaced("a");
    }

    @Override
    public String complexC() {
        return "zw(" + replaced("a.x") + ", " + replaced("a.y") + ")";
    }

    private String replaced(String x) {
        String beyond = x + " > 0 ? " + Pointwise.number(positive) + " : " + Pointwise.number(negative);
        return "(" + x + " - " + x + " == 0 ? " + x + " : (R)(" + x + " != " + x + " ? " + Pointwise.number(nan) + " : "
                + beyond + "))";
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> g.where(s[0].isfinite(), g.zerosLike()));
    }
}
