package io.flambeau.tensor.op;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/**
 * The first {@code k} elements along the last axis of a stable sort, and their former indices (I64): of equal elements
 * those that come first. NaN is the greatest value.
 *
 * @param largest whether the greatest elements come first, else the smallest
 */
public record TopK(long k, boolean largest) implements Derived.WithGradient {
    @Override
    public String title() {
        return "topk";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        Shape shape = in[0].shape();
        int last = shape.rank() - 1;
        Laws.requireAxis(this, in[0], last);
        if (k < 0 || k > shape.size(last)) {
            throw new ArgumentException(
                    title(),
                    "k is " + k + "; the last axis of shape " + shape + " allows 0 to " + shape.size(last),
                    Fault.BAD_ARGUMENT);
        }
        Spec values = in[0].with(shape.with(last, k));
        return new Spec[] {values, values.with(DType.I64)};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor[] sorted = in[0].sort(-1, largest);
        return new Tensor[] {sorted[0].narrow(-1, 0, k), sorted[1].narrow(-1, 0, k)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Sort.pullback(in[0].shape(), out[1]);
    }
}
