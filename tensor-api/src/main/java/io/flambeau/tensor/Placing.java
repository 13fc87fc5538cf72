package io.flambeau.tensor;

import io.flambeau.tensor.internal.Overwriting;
import java.util.function.UnaryOperator;

/** The methods of a tensor that overwrite some of its elements; each returns the tensor. See {@link InPlace}. */
public sealed interface Placing permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor write(String operation, UnaryOperator<Tensor> form, Tensor... others) {
        return Overwriting.by(operation, self(), form, others);
    }

    /** As {@link Indexing#maskedFill(Tensor, Scalar)}, over this tensor. */
    default Tensor maskedFill_(Tensor mask, Scalar value) {
        return write("maskedFill_", x -> x.maskedFill(mask, value), mask);
    }

    /** As {@link Indexing#maskedFill(Tensor, Tensor)}, over this tensor. */
    default Tensor maskedFill_(Tensor mask, Tensor value) {
        return write("maskedFill_", x -> x.maskedFill(mask, value), mask, value);
    }

    /** As {@link Indexing#maskedScatter(Tensor, Tensor)}, over this tensor. */
    default Tensor maskedScatter_(Tensor mask, Tensor source) {
        return write("maskedScatter_", x -> x.maskedScatter(mask, source), mask, source);
    }

    /** As {@link Indexing#scatter(int, Tensor, Tensor)}, over this tensor. */
    default Tensor scatter_(int axis, Tensor index, Tensor source) {
        return write("scatter_", x -> x.scatter(axis, index, source), index, source);
    }

    /** As {@link Indexing#scatter(int, Tensor, Scalar)}, over this tensor. */
    default Tensor scatter_(int axis, Tensor index, Scalar value) {
        return write("scatter_", x -> x.scatter(axis, index, value), index);
    }

    /** As {@link Indexing#scatterAdd(int, Tensor, Tensor)}, over this tensor. */
    default Tensor scatterAdd_(int axis, Tensor index, Tensor source) {
        return write("scatterAdd_", x -> x.scatterAdd(axis, index, source), index, source);
    }

    /** As {@link Indexing#scatterReduce(int, Tensor, Tensor, String, boolean)}, over this tensor. */
    default Tensor scatterReduce_(int axis, Tensor index, Tensor source, String reduction, boolean includeSelf) {
        return write(
                "scatterReduce_", x -> x.scatterReduce(axis, index, source, reduction, includeSelf), index, source);
    }

    /** As {@link Indexing#indexAdd(int, Tensor, Tensor, Scalar)}, over this tensor. */
    default Tensor indexAdd_(int axis, Tensor index, Tensor source, Scalar alpha) {
        return write("indexAdd_", x -> x.indexAdd(axis, index, source, alpha), index, source);
    }

    /** As {@link Indexing#indexCopy(int, Tensor, Tensor)}, over this tensor. */
    default Tensor indexCopy_(int axis, Tensor index, Tensor source) {
        return write("indexCopy_", x -> x.indexCopy(axis, index, source), index, source);
    }

    /** As {@link Indexing#indexFill(int, Tensor, Scalar)}, over this tensor. */
    default Tensor indexFill_(int axis, Tensor index, Scalar value) {
        return write("indexFill_", x -> x.indexFill(axis, index, value), index);
    }

    /** As {@link Indexing#indexFill(int, Tensor, Tensor)}, over this tensor. */
    default Tensor indexFill_(int axis, Tensor index, Tensor value) {
        return write("indexFill_", x -> x.indexFill(axis, index, value), index, value);
    }

    /** As {@link Indexing#indexPut(Tensor[], Tensor, boolean)}, over this tensor. */
    default Tensor indexPut_(Tensor[] indices, Tensor values, boolean accumulate) {
        return write("indexPut_", x -> x.indexPut(indices, values, accumulate), values);
    }

    /** As {@link Indexing#indexReduce(int, Tensor, Tensor, String, boolean)}, over this tensor. */
    default Tensor indexReduce_(int axis, Tensor index, Tensor source, String reduction, boolean includeSelf) {
        return write("indexReduce_", x -> x.indexReduce(axis, index, source, reduction, includeSelf), index, source);
    }

    /** As {@link Indexing#put(Tensor, Tensor, boolean)}, over this tensor. */
    default Tensor put_(Tensor index, Tensor source, boolean accumulate) {
        return write("put_", x -> x.put(index, source, accumulate), index, source);
    }

    /** Writes a value along the diagonal; of more than two axes, which must be equal, along the main one. */
    default Tensor fillDiagonal_(Scalar value) {
        Tensor x = self();
        if (x.rank() < 2) {
            throw new ShapeException(
                    "fillDiagonal_", "needs at least 2 axes, the shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        long n = x.size(0);
        long step = 0;
        for (int i = 0; i < x.rank(); i++) {
            if (x.rank() > 2 && x.size(i) != n) {
                throw new ShapeException(
                        "fillDiagonal_", "the axes of " + x.shape() + " must be equal", Fault.SHAPE_MISMATCH);
            }
            n = Math.min(n, x.size(i));
            step += x.strides()[i];
        }
        x.asStrided(Shape.of(n), new long[] {step}, x.storageOffset()).fill_(value);
        return x;
    }
}
