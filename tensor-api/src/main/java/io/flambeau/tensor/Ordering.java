package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Sort;
import io.flambeau.tensor.op.TopK;
import io.flambeau.tensor.op.index.SearchSorted;
import io.flambeau.tensor.op.index.Unique;

/** The methods of a tensor that order elements and search among ordered ones. */
public sealed interface Ordering permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Values and their former indices (I64) in order along an axis; NaN is the greatest. Always stable. */
    default Tensor[] sort(int axis, boolean descending) {
        Tensor x = self();
        int a = x.shape().axis("sort", axis);
        if (x.rank() == 0) {
            return new Tensor[] {x.clone(), Tensors.full(x.spec().with(DType.I64), Scalar.ZERO)};
        }
        return along(new Sort(descending), a);
    }

    /** An operation with two outputs along the last axis, along another. */
    private Tensor[] along(Op op, int axis) {
        Tensor x = self();
        int last = x.rank() - 1;
        if (axis == last) {
            return Dispatch.bind(op, x);
        }
        Tensor[] out = Dispatch.bind(op, x.transpose(axis, last));
        return new Tensor[] {out[0].transpose(axis, last), out[1].transpose(axis, last)};
    }

    default Tensor[] sort() {
        return sort(-1, false);
    }

    /** The indices (I64) that would sort an axis. */
    default Tensor argsort(int axis, boolean descending) {
        return self().detach().sort(axis, descending)[1];
    }

    default Tensor argsort() {
        return argsort(-1, false);
    }

    /** Sorted along the first axis. */
    default Tensor msort() {
        return sort(0, false)[0];
    }

    /** The k greatest (or smallest) elements along an axis, in order, and their indices (I64). */
    default Tensor[] topk(long k, int axis, boolean largest) {
        Tensor x = self();
        int a = x.shape().axis("topk", axis);
        long n = x.rank() == 0 ? 1 : x.size(a);
        if (k < 0 || k > n) {
            throw new ArgumentException(
                    "topk",
                    "k is " + k + "; axis " + axis + " of shape " + x.shape() + " allows 0 to " + n,
                    Fault.BAD_ARGUMENT);
        }
        return x.rank() == 0 ? x.sort(a, largest) : along(new TopK(k, largest), a);
    }

    default Tensor[] topk(long k) {
        return topk(k, -1, true);
    }

    /** The different elements in ascending order, for each element the number of its value, and the counts (I64). */
    default Tensor[] unique() {
        return kinds(true);
    }

    /** The different slices of an axis in ascending order, the number of each slice's kind, and the counts (I64). */
    default Tensor[] unique(int axis) {
        return kinds(true, axis);
    }

    /** As {@link #unique()}, where only neighbours are compared. */
    default Tensor[] uniqueConsecutive() {
        return kinds(false);
    }

    /** As {@link #unique(int)}, where only neighbours are compared. */
    default Tensor[] uniqueConsecutive(int axis) {
        return kinds(false, axis);
    }

    private Tensor[] kinds(boolean sorted) {
        Tensor x = self();
        Tensor[] found = kindsOf(x.reshape(-1), sorted, 0);
        found[1] = found[1].reshape(x.shape());
        return found;
    }

    private Tensor[] kinds(boolean sorted, int axis) {
        return kindsOf(self(), sorted, axis);
    }

    private static Tensor[] kindsOf(Tensor x, boolean sorted, int axis) {
        int a = x.shape().axis("unique", axis);
        Tensor first = x.rank() == 0 ? x.reshape(1) : x.movedim(a, 0);
        Tensor rows = first.detach().reshape(first.size(0), first.count() / Math.max(first.size(0), 1));
        Tensor[] found = Dispatch.bind(new Unique(sorted), rows);
        return new Tensor[] {x.indexSelect(a, found[0]), found[1], found[2]};
    }

    /**
     * Where values would go in this tensor's ascending sequences along the last axis (I64).
     *
     * @param right whether a value goes behind equal elements
     */
    default Tensor searchsorted(Tensor values, boolean right) {
        return Dispatch.one(new SearchSorted(right), self(), values);
    }

    /** The number of the interval between ascending boundaries in which each element lies (I64). */
    default Tensor bucketize(Tensor boundaries, boolean right) {
        if (boundaries.rank() != 1) {
            throw new ShapeException(
                    "bucketize",
                    "the boundaries must be a vector, their shape is " + boundaries.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        return boundaries.searchsorted(self(), right);
    }

    /** Whether each element is among others. */
    default Tensor isin(Tensor others) {
        Tensor x = self();
        if (others.count() == 0) {
            return Tensors.full(x.spec().with(DType.BOOL), Scalar.ZERO);
        }
        Tensor sorted = others.detach().reshape(-1).sort()[0];
        Tensor place = sorted.searchsorted(x.detach(), false).clampMax(Scalar.of(others.count() - 1));
        return sorted.indexSelect(0, place.reshape(-1)).reshape(x.shape()).eq(x);
    }
}
