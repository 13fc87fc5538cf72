package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Sort;
import io.flambeau.tensor.op.index.ScatterReduce;

/** The methods of a tensor that pick, place and order elements. */
public sealed interface Indexing permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** out[…, i, …] = this[…, index[…, i, …], …]; the index may be smaller than this along the other axes. */
    default Tensor gather(int axis, Tensor index) {
        Tensor x = self();
        int a = x.shape().axis("gather", axis);
        if (x.rank() == 0) {
            return x.reshape(1).gather(0, index.reshape(-1)).reshape(index.shape());
        }
        if (index.rank() == 0) {
            return x.gather(axis, index.reshape(1)).reshape(Shape.SCALAR);
        }
        return Dispatch.one(new Gather(a), x, index.to(DType.I64));
    }

    private static Tensor scattered(Scatter.Kind kind, Tensor x, int axis, Tensor index, Tensor source) {
        int a = x.shape().axis("scatter", axis);
        if (x.rank() == 0) {
            return scattered(kind, x.reshape(1), 0, index.reshape(-1), source.reshape(-1)).reshape(Shape.SCALAR);
        }
        if (index.count() == 0) {
            return x.clone();
        }
        return Dispatch.one(new Scatter(kind, a), x, index.to(DType.I64), source);
    }

    /** A copy in which elements of the source stand at the indices; the last of equal indices stays. */
    default Tensor scatter(int axis, Tensor index, Tensor source) {
        return scattered(Scatter.Kind.SET, self(), axis, index, source);
    }

    /** A copy to which elements of the source are added at the indices. */
    default Tensor scatterAdd(int axis, Tensor index, Tensor source) {
        return scattered(Scatter.Kind.ADD, self(), axis, index, source);
    }

    /**
     * A copy in which elements of the source are combined at the indices.
     *
     * @param reduction {@code sum}, {@code prod}, {@code mean}, {@code amax} or {@code amin}
     * @param includeSelf whether this tensor's own elements take part
     */
    default Tensor scatterReduce(int axis, Tensor index, Tensor source, String reduction, boolean includeSelf) {
        return ScatterReduce.of(self(), axis, index, source, reduction, includeSelf);
    }

    /** Values and their former indices (I64) in order along an axis; NaN is the greatest. Always stable. */
    default Tensor[] sort(int axis, boolean descending) {
        Tensor x = self();
        int a = x.shape().axis("sort", axis);
        if (x.rank() == 0) {
            return new Tensor[] {x.clone(), Tensors.full(x.spec().with(DType.I64), Scalar.ZERO)};
        }
        int last = x.rank() - 1;
        Tensor[] out = Dispatch.bind(new Sort(descending), a == last ? x : x.transpose(a, last));
        if (a != last) {
            out[0] = out[0].transpose(a, last);
            out[1] = out[1].transpose(a, last);
        }
        return out;
    }

    /** The rows of an axis at the indices, a vector (I64). */
    default Tensor indexSelect(int axis, Tensor index) {
        Tensor x = self();
        int a = x.shape().axis("indexSelect", axis);
        if (index.rank() > 1) {
            throw new ShapeException(
                    "indexSelect", "the index must be a vector, its shape is " + index.shape(), Fault.SHAPE_MISMATCH);
        }
        if (x.rank() == 0) {
            return x.reshape(1).indexSelect(0, index).reshape(Shape.SCALAR);
        }
        long n = index.count();
        long[] one = new long[x.rank()];
        java.util.Arrays.fill(one, 1);
        one[a] = n;
        return Dispatch.one(
                new Gather(a), x, index.to(DType.I64).reshape(one).expand(x.shape().with(a, n)));
    }
}
