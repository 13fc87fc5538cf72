package io.flambeau.tensor.op.fft;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.fft.Fourier;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * The sums of x[j] exp(∓2 pi i j k / n) along axes, times a scale.
 *
 * @param axes the axes, counted from 0
 * @param forward whether the exponent is negative
 * @param scale the factor of the whole transform
 */
public record ComplexFft(Axes axes, boolean forward, double scale) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Lines.require(this, in[0].dtype().isComplex(), "a complex dtype", in[0].dtype());
        return new Spec[] {in[0]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        double[] data = in[0].reals().clone();
        for (int i = 0; i < axes.count(); i++) {
            Lines lines = Lines.of(in[0].shape(), axes.axis(i));
            Fourier.complex(data, lines.outer(), lines.n(), lines.inner(), forward, i == 0 ? scale : 1);
        }
        return new HostArray[] {HostArray.of(in[0].dtype(), in[0].shape(), data)};
    }

    /** The adjoint of a Fourier matrix is the one of the other direction. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> Tensor.bind(new ComplexFft(axes, !forward, scale), g));
    }
}
