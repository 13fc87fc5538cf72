package io.flambeau.tensor.op.fft;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.fft.Fourier;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Iota;
import io.flambeau.tensor.op.Pullback;
import java.util.Arrays;

/**
 * The n real numbers whose transform begins with these n/2 + 1 coefficients.
 *
 * @param axis the axis, counted from 0
 * @param n the size of the result along it
 * @param forward whether the exponent is negative
 * @param scale a factor
 */
public record RealInverseFft(int axis, long n, boolean forward, double scale) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Lines.require(this, in[0].dtype().isComplex(), "a complex dtype", in[0].dtype());
        return new Spec[] {in[0].with(in[0].dtype().toReal()).with(in[0].shape().with(axis, n))};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Lines lines = Lines.of(in[0].shape(), axis);
        double[] reals =
                Fourier.toReal(in[0].reals(), lines.outer(), Math.toIntExact(n), lines.inner(), forward, scale);
        return new HostArray[] {
            HostArray.of(in[0].dtype().toReal(), in[0].shape().with(axis, n), reals)
        };
    }

    /** Every coefficient but the first and, for even n, the last also stands for its mirror image: it counts twice. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> {
            Tensor half = Tensor.bind(new RealFft(axis, !forward, scale), g);
            Spec line = new Spec(Shape.of(half.size(axis)), DType.I64, g.device());
            Tensor k = Tensor.bind(new Iota(line, Scalar.ZERO, Scalar.ONE));
            Tensor counts = k.ge(1).logicalAnd(k.le((n - 1) / 2)).to(g.dtype()).add(1);
            long[] sizes = new long[half.rank()];
            Arrays.fill(sizes, 1);
            sizes[axis] = half.size(axis);
            return half.mul(counts.reshape(sizes));
        });
    }
}
