package io.flambeau.tensor.op.math;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Gamma;
import io.flambeau.tensor.internal.special.Series;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** The n-th derivative of digamma. */
public record Polygamma(int n) implements Pointwise {
    @Override
    public int arity() {
        return 1;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (n < 0) {
            throw new ArgumentException(title(), "n must not be negative, it is " + n, Fault.BAD_ARGUMENT);
        }
        return Pointwise.super.infer(in);
    }

    @Override
    public double apply(double a, double b, double c) {
        return Gamma.polygamma(n, a);
    }

    @Override
    public float apply(float a, float b, float c) {
        return n == 1 ? Gamma.trigamma(a) : Pointwise.super.apply(a, b, c);
    }

    @Override
    public String c() {
        return switch (n) {
            case 0 -> "sf_digamma(a)";
            case 1 -> "sf_trigamma(a)";
            default ->
                Pointwise.number(n % 2 == 0 ? -Gamma.factorial(n) : Gamma.factorial(n)) + " * sf_zeta(" + (n + 1.0)
                        + ", a)";
        };
    }

    @Override
    public String functions() {
        return Series.c() + Gamma.c();
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> g.mul(Tensor.bind(new Polygamma(n + 1), s[0])));
    }
}
