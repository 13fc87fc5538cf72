package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;

/**
 * Every step-th element along an axis: indices start, start + step, … of which there are count. A negative step runs
 * backwards; only {@code flip} uses one, and copies.
 *
 * @param axis counted from 0
 */
public record Slice(int axis, long start, long count, long step) implements ViewOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireAxis(this, in[0], axis);
        long size = in[0].shape().size(axis);
        long last = start + (count - 1) * step;
        if (step == 0
                || count < 0
                || start < 0
                || start > size
                || count > 0 && (start >= size || last < 0 || last >= size)) {
            throw new IndexException(
                    title(),
                    count + " elements from " + start + " by steps of " + step + " do not fit axis " + axis
                            + " of shape " + in[0].shape(),
                    Fault.INDEX_RANGE);
        }
        return new Spec[] {in[0].with(in[0].shape().with(axis, count))};
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        long[] strides = x.strides().clone();
        long offset = x.offset() + (count == 0 ? 0 : start * strides[axis]);
        strides[axis] *= step;
        return new View[] {x.with(out[0].shape(), strides, offset)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Spec spec = in[0].spec();
        return Pullback.of((g, s) -> Tensor.bind(new Adjoint(this, spec), g));
    }
}
