package io.flambeau.tensor.op.fft;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.fft.Fourier;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * The first n/2 + 1 coefficients of the transform of real numbers along an axis.
 *
 * @param axis the axis, counted from 0
 * @param forward whether the exponent is negative
 * @param scale a factor
 */
public record RealFft(int axis, boolean forward, double scale) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Lines.require(this, in[0].dtype().isFloating(), "float32 or float64", in[0].dtype());
        Shape shape = in[0].shape();
        return new Spec[] {in[0].with(in[0].dtype().toComplex()).with(shape.with(axis, shape.size(axis) / 2 + 1))};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Shape shape = in[0].shape();
        Lines lines = Lines.of(shape, axis);
        double[] halves = Fourier.fromReal(in[0].reals(), lines.outer(), lines.n(), lines.inner(), forward, scale);
        return new HostArray[] {
            HostArray.of(in[0].dtype().toComplex(), shape.with(axis, shape.size(axis) / 2 + 1), halves)
        };
    }

    /**
     * The other coefficients have no cotangent: the adjoint transform of the half, the rest zero, and its real part.
     */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        long n = in[0].size(axis);
        return Pullback.of((g, s) -> {
            Shape missing = g.shape().with(axis, n - g.size(axis));
            Tensor whole = g.cat(axis, g.newZeros(missing));
            return Tensor.bind(new ComplexFft(Axes.of(axis), !forward, scale), whole)
                    .real();
        });
    }
}
