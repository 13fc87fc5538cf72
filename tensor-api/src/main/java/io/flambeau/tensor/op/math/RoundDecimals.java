package io.flambeau.tensor.op.math;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** To the nearest multiple of 10^-decimals, ties to even. */
public record RoundDecimals(int decimals) implements Pointwise {
    @Override
    public String title() {
        return "round";
    }

    @Override
    public boolean isDefined(DType dtype) {
        return dtype.isFloating() || dtype.isIntegral();
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public double apply(double x, double b, double c) {
        double power = StrictMath.pow(10, Math.abs(decimals));
        return decimals < 0 ? Math.rint(x / power) * power : Math.rint(x * power) / power;
    }

    @Override
    public float apply(float x, float b, float c) {
        float power = (float) StrictMath.pow(10, Math.abs(decimals));
        return decimals < 0 ? (float) Math.rint(x / power) * power : (float) Math.rint(x * power) / power;
    }

    @Override
    public long apply(long x, long b, long c) {
        return x;
    }

    @Override
    public String c() {
        String power = Pointwise.number(StrictMath.pow(10, Math.abs(decimals)));
        String text = decimals < 0 ? "rint((R)a / %1$s) * %1$s" : "rint((R)a * %1$s) / %1$s";
        return "IS_INTEGER ? a : (C)(" + text.formatted(power) + ")";
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> g.zerosLike());
    }
}
