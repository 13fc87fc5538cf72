package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.Iota;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.conv.Sliding;

/**
 * The greatest element of each window of x [N, C, ...]; NaN if one is there. The second output is its place (I64),
 * counted in row-major order within the spatial axes; of equals the first is taken. Padding counts as minus infinity.
 */
public record MaxPool(Pooling pooling) implements Derived.WithGradient {
    @Override
    public String title() {
        return "maxPool" + pooling.axes() + "d";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        Spec out = in[0].with(pooling.output(this, in[0].shape()));
        return new Spec[] {out, out.with(DType.I64)};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor x = in[0];
        int axes = pooling.axes();
        Shape kernel = Shape.of(pooling.kernel().toArray());
        Sliding sliding = pooling.sliding(x.shape());
        Shape out = pooling.output(this, x.shape());
        Shape windows = out.concat(Shape.of(kernel.count()));
        Tensor values = sliding.patches(x, kernel, lowest(x.dtype())).reshape(windows);
        Tensor best = Tensor.bind(new ArgReduce(true, axes + 2), values);
        Tensor places = sliding.patches(places(x), kernel, Scalar.ZERO)
                .reshape(Shape.of(1, 1).concat(windows.range(2, axes + 3)));
        Gather pick = new Gather(axes + 2);
        return new Tensor[] {
            Tensor.bind(pick, values, best).reshape(out),
            Tensor.bind(pick, places.expand(windows), best).reshape(out)
        };
    }

    /** The places [1, 1, ...] of the elements within the spatial axes. */
    private static Tensor places(Tensor x) {
        Shape spatial = x.shape().range(2, x.rank());
        Spec spec = new Spec(Shape.of(spatial.count()), DType.I64, x.device());
        return Tensor.bind(new Iota(spec, Scalar.ZERO, Scalar.ONE))
                .reshape(Shape.of(1, 1).concat(spatial));
    }

    private static Scalar lowest(DType dtype) {
        return dtype.isFloating() ? Scalar.of(Double.NEGATIVE_INFINITY) : Scalar.of((long) dtype.min());
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return MaxPoolBackward.pullback(in[0], out[1], pooling);
    }
}
