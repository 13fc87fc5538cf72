package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Indices;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.index.Nonzero;
import io.flambeau.tensor.op.index.ScatterReduce;
import io.flambeau.tensor.op.index.WrapIndex;
import java.util.Arrays;

/** The methods of a tensor that pick and place elements. */
public sealed interface Indexing permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** out[…, i, …] = this[…, index[…, i, …], …]; the index may be smaller than this along the other axes. */
    default Tensor gather(int axis, Tensor index) {
        Tensor x = self();
        int a = x.shape().axis("gather", axis);
        if (index.count() == 0) {
            return x.newEmpty(index.shape());
        }
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
            return scattered(kind, x.reshape(1), 0, index.reshape(-1), source.reshape(-1))
                    .reshape(Shape.SCALAR);
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

    /** As {@link #scatter(int, Tensor, Tensor)}, with one value at all indices. */
    default Tensor scatter(int axis, Tensor index, Scalar value) {
        return scatter(axis, index, self().newFull(index.shape(), value));
    }

    /**
     * What stands in brackets in PyTorch: {@code x.get(at(0), slice(1, 5, 2), ellipsis(), mask)}. Without tensors among
     * the parts it is a view.
     *
     * @throws IndexException if there are more parts than axes, or an index lies outside its axis
     */
    default Tensor get(Index... parts) {
        return Indices.of("get", self(), parts).get();
    }

    /** Writes a value, broadcast and converted, over what {@link #get} would give. Returns this tensor. */
    default Tensor set(Tensor value, Index... parts) {
        Indices.of("set", self(), parts).set(value);
        return self();
    }

    default Tensor set(double value, Index... parts) {
        return set(self().newFull(Shape.SCALAR, Scalar.of(value)), parts);
    }

    /** A copy with values, broadcast, at the places that index tensors name; perhaps added to what is there. */
    default Tensor indexPut(Tensor[] indices, Tensor values, boolean accumulate) {
        if (values.dtype() != self().dtype()) {
            throw new DTypeException(
                    "indexPut",
                    "this is " + self().dtype() + " and the values are " + values.dtype()
                            + "; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        return Indices.of("indexPut", self(), indices).put(values, accumulate);
    }

    private int indexed(String operation, int axis, Tensor index) {
        if (!index.dtype().isIntegral()) {
            throw new DTypeException(
                    operation, "the index must be an integer tensor, not " + index.dtype(), Fault.BAD_DTYPE);
        }
        if (index.rank() > 1) {
            throw new ShapeException(
                    operation, "the index must be a vector, its shape is " + index.shape(), Fault.SHAPE_MISMATCH);
        }
        return self().shape().axis(operation, axis);
    }

    /** The index as that of a gather or scatter along the axis, for rows of a shape; negative ones from the end. */
    private static Tensor rows(String operation, Tensor x, int axis, Tensor index, Shape shape) {
        long[] one = new long[x.rank()];
        Arrays.fill(one, 1);
        one[axis] = index.count();
        Tensor wrapped = Dispatch.one(new WrapIndex(operation, axis, x.size(axis)), index.to(DType.I64));
        return wrapped.reshape(one).expand(shape.with(axis, index.count()));
    }

    /** The rows of an axis at the indices, a vector (I64). */
    default Tensor indexSelect(int axis, Tensor index) {
        Tensor x = self();
        int a = indexed("indexSelect", axis, index);
        if (x.rank() == 0) {
            return x.reshape(1).indexSelect(0, index).reshape(Shape.SCALAR);
        }
        long n = index.count();
        long[] one = new long[x.rank()];
        Arrays.fill(one, 1);
        one[a] = n;
        return Dispatch.one(
                new Gather(a),
                x,
                index.to(DType.I64).reshape(one).expand(x.shape().with(a, n)));
    }

    /** A copy to whose rows at the indices {@code alpha} times the rows of the source are added. */
    default Tensor indexAdd(int axis, Tensor index, Tensor source, Scalar alpha) {
        return indexed(
                "indexAdd",
                axis,
                index,
                source,
                (x, a, i, s) -> x.scatterAdd(a, i, Promote.times(s, alpha, s.dtype())));
    }

    default Tensor indexAdd(int axis, Tensor index, Tensor source) {
        return indexAdd(axis, index, source, Scalar.ONE);
    }

    /** A copy whose rows at the indices are the rows of the source. */
    default Tensor indexCopy(int axis, Tensor index, Tensor source) {
        return indexed("indexCopy", axis, index, source, (x, a, i, s) -> x.scatter(a, i, s));
    }

    /**
     * A copy into whose rows at the indices the rows of the source are combined.
     *
     * @param reduction {@code prod}, {@code mean}, {@code amax} or {@code amin}
     * @param includeSelf whether this tensor's own rows take part
     */
    default Tensor indexReduce(int axis, Tensor index, Tensor source, String reduction, boolean includeSelf) {
        return indexed(
                "indexReduce", axis, index, source, (x, a, i, s) -> x.scatterReduce(a, i, s, reduction, includeSelf));
    }

    private Tensor indexed(String operation, int axis, Tensor index, Tensor source, RowScatter rows) {
        Tensor x = self();
        int a = indexed(operation, axis, index);
        if (x.rank() == 0) {
            Tensor flat = x.reshape(1);
            Tensor i = rows(operation, flat, 0, index, flat.shape());
            return rows.combine(flat, 0, i, source.reshape(-1)).reshape(Shape.SCALAR);
        }
        if (!source.shape().equals(x.shape().with(a, index.count()))) {
            throw new ShapeException(
                    operation,
                    "the source has shape " + source.shape() + "; for " + index.count() + " indices of axis " + axis
                            + " of shape " + x.shape() + " it must be "
                            + x.shape().with(a, index.count()),
                    Fault.SHAPE_MISMATCH);
        }
        return rows.combine(x, a, rows(operation, x, a, index, x.shape()), source);
    }

    /** A copy whose rows at the indices hold one value. */
    default Tensor indexFill(int axis, Tensor index, Scalar value) {
        return indexFill(axis, index, self().newFull(Shape.SCALAR, value));
    }

    /** As {@link #indexFill(int, Tensor, Scalar)}, with a tensor without axes. */
    default Tensor indexFill(int axis, Tensor index, Tensor value) {
        Tensor x = self();
        if (value.rank() != 0) {
            throw new ShapeException(
                    "indexFill", "the value must have no axes, its shape is " + value.shape(), Fault.SHAPE_MISMATCH);
        }
        Shape rows = x.rank() == 0 ? x.shape() : x.shape().with(x.shape().axis("indexFill", axis), index.count());
        Tensor same = value.to(x.dtype());
        if (!same.requiresGrad()) {
            return indexed("indexFill", axis, index, same.expand(rows), (y, a, i, s) -> y.scatter(a, i, s));
        }
        // By a mask: an index that is named twice gives its gradient once.
        Indexing none = x.detach().zerosLike();
        Tensor ones = x.newFull(rows, Scalar.ONE);
        Tensor filled = none.indexed("indexFill", axis, index, ones, (y, a, i, s) -> y.scatter(a, i, s));
        return same.where(filled.ne(0), x);
    }

    /** The elements of the flattened tensor at the indices, in the index's shape. */
    default Tensor take(Tensor index) {
        Tensor flat = self().reshape(-1);
        Tensor places = Dispatch.one(new WrapIndex("take", 0, flat.size(0)), index.to(DType.I64));
        return flat.gather(0, places.reshape(-1)).reshape(index.shape());
    }

    /** A copy in which elements of the source stand at, or are added to, places of the flattened tensor. */
    default Tensor put(Tensor index, Tensor source, boolean accumulate) {
        Tensor flat = self().reshape(-1);
        if (index.count() != source.count()) {
            throw new ShapeException(
                    "put",
                    "there are " + index.count() + " indices and " + source.count() + " elements in the source",
                    Fault.SHAPE_MISMATCH);
        }
        if (index.count() == 0) {
            return self().clone();
        }
        Tensor places = Dispatch.one(new WrapIndex("put", 0, flat.size(0)), index.to(DType.I64))
                .reshape(-1);
        Tensor values = source.reshape(-1);
        return (accumulate ? flat.scatterAdd(0, places, values) : flat.scatter(0, places, values))
                .reshape(self().shape());
    }

    /** As {@link #gather}, where this and the index broadcast along the other axes. */
    default Tensor takeAlongDim(Tensor index, int axis) {
        Tensor x = self();
        int a = x.shape().axis("takeAlongDim", axis);
        if (x.rank() != index.rank()) {
            throw new ShapeException(
                    "takeAlongDim",
                    "the input has shape " + x.shape() + " and the index " + index.shape()
                            + "; the ranks must be equal",
                    Fault.SHAPE_MISMATCH);
        }
        if (x.rank() == 0) {
            return x.gather(0, index);
        }
        Shape others = Shape.broadcast(
                "takeAlongDim", x.shape().with(a, 1), index.shape().with(a, 1));
        Tensor wrapped = Dispatch.one(new WrapIndex("takeAlongDim", a, x.size(a)), index.to(DType.I64));
        return x.expand(others.with(a, x.size(a))).gather(a, wrapped.expand(others.with(a, index.size(a))));
    }

    /** As {@link #takeAlongDim(Tensor, int)}, of the flattened tensors. */
    default Tensor takeAlongDim(Tensor index) {
        Tensor flat = self().reshape(-1);
        return flat.takeAlongDim(index.reshape(-1), 0);
    }

    /** A copy with one value where the mask holds; this tensor's dtype is kept. */
    default Tensor maskedFill(Tensor mask, Scalar value) {
        Tensor x = self();
        if (value.category() == DType.Category.COMPLEX && !x.dtype().isComplex()) {
            throw new ArgumentException(
                    "maskedFill",
                    "the value is " + value + ", which " + x.dtype() + " cannot hold",
                    Fault.BAD_ARGUMENT);
        }
        if (x.dtype().isHalf()
                && Double.isFinite(value.re())
                && Math.abs(value.re()) > x.dtype().max()) {
            throw new ArgumentException(
                    "maskedFill", "the value is " + value + ", which overflows " + x.dtype(), Fault.BAD_ARGUMENT);
        }
        return maskedFill(mask, x.newFull(Shape.SCALAR, value));
    }

    default Tensor maskedFill(Tensor mask, double value) {
        return maskedFill(mask, Scalar.of(value));
    }

    /** As {@link #maskedFill(Tensor, Scalar)}, with a tensor without axes. */
    default Tensor maskedFill(Tensor mask, Tensor value) {
        Tensor x = self();
        if (value.rank() != 0) {
            throw new ShapeException(
                    "maskedFill", "the value must have no axes, its shape is " + value.shape(), Fault.SHAPE_MISMATCH);
        }
        if (!x.dtype().accepts(value.dtype())) {
            throw new DTypeException(
                    "maskedFill",
                    "the value is " + value.dtype() + ", which " + x.dtype() + " cannot hold",
                    Fault.BAD_DTYPE);
        }
        return value.to(x.device()).to(x.dtype()).where(requireMask("maskedFill", mask), x);
    }

    private static Tensor requireMask(String operation, Tensor mask) {
        if (mask.dtype() != DType.BOOL) {
            throw new DTypeException(operation, "the mask must be bool, not " + mask.dtype(), Fault.BAD_DTYPE);
        }
        return mask;
    }

    /** The elements where the mask holds, as a vector; both broadcast. */
    default Tensor maskedSelect(Tensor mask) {
        Tensor x = self();
        Shape shape = Shape.broadcast(
                "maskedSelect", x.shape(), requireMask("maskedSelect", mask).shape());
        Tensor places = mask.expand(shape).reshape(-1).nonzero().reshape(-1);
        return x.expand(shape).reshape(-1).gather(0, places);
    }

    /** A copy in which the elements of the source stand, in order, where the mask holds. */
    default Tensor maskedScatter(Tensor mask, Tensor source) {
        Tensor x = self();
        if (source.dtype() != x.dtype()) {
            throw new DTypeException(
                    "maskedScatter",
                    "this is " + x.dtype() + " and the source " + source.dtype() + "; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        Shape shape = Shape.broadcast(
                "maskedScatter", x.shape(), requireMask("maskedScatter", mask).shape());
        Tensor places = mask.expand(shape).reshape(-1).nonzero().reshape(-1);
        if (places.count() > source.count()) {
            throw new ShapeException(
                    "maskedScatter",
                    "the mask holds at " + places.count() + " places, the source has " + source.count() + " elements",
                    Fault.SHAPE_MISMATCH);
        }
        Tensor used = source.reshape(-1).narrow(0, 0, places.count());
        return x.expand(shape).reshape(-1).scatter(0, places, used).reshape(shape);
    }

    /** The indices (I64) of the elements that are not zero, one row each. Reads the values. */
    default Tensor nonzero() {
        return Dispatch.one(Nonzero.NONZERO, self().detach());
    }

    /** As {@link #nonzero}, as one vector for each axis. */
    default Tensor[] nonzeroAsTuple() {
        return self().atleast1d().nonzero().unbind(1);
    }

    /** As {@link #nonzero}, with so many rows: the first ones, then rows of a fill value. */
    default Tensor nonzeroStatic(long size, long fill) {
        Tensor all = nonzero();
        long found = all.size(0);
        if (found >= size) {
            return all.narrow(0, 0, size);
        }
        return all.cat(0, all.newFull(Shape.of(size - found, all.size(1)), Scalar.of(fill)));
    }
}
