package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.op.AsStrided;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Cat;
import io.flambeau.tensor.op.Copy;
import io.flambeau.tensor.op.Diagonal;
import io.flambeau.tensor.op.Expand;
import io.flambeau.tensor.op.Permute;
import io.flambeau.tensor.op.Reshape;
import io.flambeau.tensor.op.Slice;
import io.flambeau.tensor.op.Split;
import io.flambeau.tensor.op.ViewAsComplex;
import io.flambeau.tensor.op.ViewAsReal;
import io.flambeau.tensor.op.ViewDType;
import io.flambeau.tensor.op.Window;
import io.flambeau.tensor.spi.Access;

/** The methods of a tensor that give it another shape; views share its memory wherever PyTorch's do. */
public sealed interface Shaping permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static Shape resolved(String operation, Tensor x, long... sizes) {
        int unknown = -1;
        long known = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == -1) {
                if (unknown >= 0) {
                    throw new ShapeException(
                            operation, "only one size may be -1 in " + Axes.of(sizes), Fault.BAD_RESHAPE);
                }
                unknown = i;
            } else {
                known *= sizes[i];
            }
        }
        long[] full = sizes.clone();
        if (unknown >= 0) {
            if (known == 0 || x.count() % known != 0) {
                throw new ShapeException(
                        operation,
                        "-1 in " + Axes.of(sizes) + " cannot be found for shape " + x.shape() + " of " + x.count()
                                + " elements",
                        Fault.BAD_RESHAPE);
            }
            full[unknown] = x.count() / known;
        }
        Shape shape = Shape.checked(operation, full);
        if (shape.count() != x.count()) {
            throw new ShapeException(
                    operation,
                    "shape " + x.shape() + " holds " + x.count() + " elements, " + shape + " holds " + shape.count(),
                    Fault.BAD_RESHAPE);
        }
        return shape;
    }

    /** The same elements under another shape: a view where strides allow it, else a copy. One size may be -1. */
    default Tensor reshape(long... sizes) {
        return reshape(resolved("reshape", self(), sizes));
    }

    /** As {@link #reshape(long...)}. */
    default Tensor reshape(Shape shape) {
        Tensor x = self();
        if (x.shape().equals(shape)) {
            return x;
        }
        boolean viewable = Access.door().symbol(x) != null
                || x.count() != shape.count()
                || Reshape.strides(Access.door().rawView(x), shape) != null;
        return Dispatch.one(new Reshape(shape), viewable ? x : Dispatch.one(Copy.COPY, x));
    }

    /**
     * The same memory under another shape. One size may be -1.
     *
     * @throws ShapeException if the strides do not allow it; then use {@link #reshape(long...)}
     */
    default Tensor view(long... sizes) {
        return Dispatch.one(new Reshape(resolved("view", self(), sizes)), self());
    }

    /** The same bytes as another dtype; the last axis grows or shrinks with the size of an element. */
    default Tensor view(DType dtype) {
        return self().dtype() == dtype ? self() : Dispatch.one(new ViewDType(dtype), self());
    }

    /** This tensor laid out in row-major order; itself if it is already. */
    default Tensor contiguous() {
        Tensor x = self();
        return x.isContiguous() ? x : Dispatch.one(Copy.COPY, x);
    }

    /** The axes from {@code start} to {@code end}, both included, as one. */
    default Tensor flatten(int start, int end) {
        Tensor x = self();
        if (x.rank() == 0) {
            return x.reshape(1);
        }
        int from = x.shape().axis("flatten", start);
        int to = x.shape().axis("flatten", end);
        if (from > to) {
            if (from == to + 1 && end == -1) {
                return x;
            }
            throw new ShapeException(
                    "flatten", "axis " + start + " lies behind axis " + end + " of shape " + x.shape(), Fault.BAD_AXIS);
        }
        long size = x.shape().range(from, to + 1).count();
        Shape shape =
                x.shape().range(0, from).concat(Shape.of(size)).concat(x.shape().range(to + 1, x.rank()));
        return x.reshape(shape);
    }

    /** All axes as one. */
    default Tensor flatten() {
        return flatten(0, -1);
    }

    default Tensor flatten(int start) {
        return flatten(start, -1);
    }

    /** An axis as several; one size may be -1. */
    default Tensor unflatten(int axis, long... sizes) {
        Tensor x = self();
        int a = x.shape().axis("unflatten", axis);
        long known = 1;
        for (long size : sizes) {
            known *= size == -1 ? 1 : size;
        }
        long[] full = sizes.clone();
        for (int i = 0; i < full.length; i++) {
            if (full[i] == -1 && known != 0) {
                full[i] = x.size(a) / known;
            }
        }
        Shape inner = Shape.checked("unflatten", full);
        if (inner.count() != x.size(a)) {
            throw new ShapeException(
                    "unflatten",
                    "sizes " + Axes.of(sizes) + " do not multiply to axis " + axis + " of shape " + x.shape(),
                    Fault.BAD_RESHAPE);
        }
        return x.view(x.shape()
                .range(0, a)
                .concat(inner)
                .concat(x.shape().range(a + 1, x.rank()))
                .sizes());
    }

    /** The axes in another order. */
    default Tensor permute(int... order) {
        Tensor x = self();
        int[] axes = new int[order.length];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = x.shape().axis("permute", order[i]);
        }
        return Dispatch.one(new Permute(Axes.of(axes)), x);
    }

    /** Two axes swapped. */
    default Tensor transpose(int first, int second) {
        Tensor x = self();
        int a = x.shape().axis("transpose", first);
        int b = x.shape().axis("transpose", second);
        if (x.rank() == 0) {
            return x;
        }
        int[] order = new int[x.rank()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i == a ? b : i == b ? a : i;
        }
        return Dispatch.one(new Permute(Axes.of(order)), x);
    }

    /** A matrix transposed; tensors of fewer axes as they are. */
    default Tensor t() {
        Tensor x = self();
        if (x.rank() > 2) {
            throw new ShapeException("t", "needs at most 2 axes, the shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        return x.rank() < 2 ? x : x.transpose(0, 1);
    }

    /** The last two axes swapped. */
    default Tensor mT() {
        if (self().rank() < 2) {
            throw new ShapeException(
                    "mT", "needs at least 2 axes, the shape is " + self().shape(), Fault.SHAPE_MISMATCH);
        }
        return transpose(-2, -1);
    }

    /** The last two axes swapped and conjugated. */
    default Tensor mH() {
        return mT().conj();
    }

    /** Axes moved to new places; the others keep their order. */
    default Tensor movedim(int[] from, int[] to) {
        Tensor x = self();
        int rank = x.rank();
        int[] order = new int[rank];
        java.util.Arrays.fill(order, -1);
        boolean[] taken = new boolean[rank];
        if (from.length != to.length) {
            throw new ArgumentException(
                    "movedim",
                    "there are " + from.length + " axes " + Axes.of(from) + " for " + to.length + " places "
                            + Axes.of(to),
                    Fault.BAD_ARGUMENT);
        }
        for (int i = 0; i < from.length; i++) {
            int source = x.shape().axis("movedim", from[i]);
            int target = x.shape().axis("movedim", to[i]);
            if (taken[source] || order[target] >= 0) {
                throw new ShapeException(
                        "movedim", "an axis is named twice in " + Axes.of(from) + " or " + Axes.of(to), Fault.BAD_AXIS);
            }
            order[target] = source;
            taken[source] = true;
        }
        int next = 0;
        for (int i = 0; i < rank; i++) {
            if (order[i] < 0) {
                while (taken[next]) {
                    next++;
                }
                order[i] = next++;
            }
        }
        return Dispatch.one(new Permute(Axes.of(order)), x);
    }

    default Tensor movedim(int from, int to) {
        return movedim(new int[] {from}, new int[] {to});
    }

    /** Axes of size 1 stretched, and axes added in front, without copying; -1 keeps an axis as it is. */
    default Tensor expand(long... sizes) {
        Tensor x = self();
        long[] full = sizes.clone();
        int added = full.length - x.rank();
        for (int i = 0; i < full.length; i++) {
            if (full[i] == -1) {
                if (i < added) {
                    throw new ShapeException(
                            "expand",
                            "-1 is not allowed for the new leading axis " + i + " in " + Axes.of(sizes),
                            Fault.BAD_ARGUMENT);
                }
                full[i] = x.size(i - added);
            }
        }
        return expand(Shape.checked("expand", full));
    }

    default Tensor expand(Shape shape) {
        Tensor x = self();
        return x.shape().equals(shape) ? x : Dispatch.one(new Expand(shape), x);
    }

    /** A new axis of size 1 at a place from -rank - 1 to rank. */
    default Tensor unsqueeze(int axis) {
        Tensor x = self();
        int a = axis < 0 ? axis + x.rank() + 1 : axis;
        if (a < 0 || a > x.rank()) {
            throw new ShapeException(
                    "unsqueeze",
                    "axis " + axis + " is out of range for shape " + x.shape() + ": from " + (-x.rank() - 1) + " to "
                            + x.rank(),
                    Fault.BAD_AXIS);
        }
        return Dispatch.one(new Reshape(x.shape().insert(a, 1)), x);
    }

    /** Axes of size 1 dropped: the named ones, or all. Naming another axis does nothing. */
    default Tensor squeeze(int... axes) {
        Tensor x = self();
        long mask = axes.length == 0 ? -1L : 0;
        for (int axis : axes) {
            long bit = 1L << x.shape().axis("squeeze", axis);
            if ((mask & bit) != 0) {
                throw new ShapeException("squeeze", "axis " + axis + " is named twice", Fault.BAD_AXIS);
            }
            mask |= bit;
        }
        Shape shape = x.shape();
        for (int i = x.rank() - 1; i >= 0; i--) {
            if ((mask >>> i & 1) != 0 && shape.size(i) == 1) {
                shape = shape.without(i);
            }
        }
        return Dispatch.one(new Reshape(shape), x);
    }

    /** {@code length} elements of an axis from {@code start}. */
    default Tensor narrow(int axis, long start, long length) {
        Tensor x = self();
        int a = x.shape().axis("narrow", axis);
        if (x.rank() == 0) {
            throw new ShapeException("narrow", "a tensor of shape [] has no axis to be narrowed", Fault.BAD_AXIS);
        }
        long from = start < 0 ? start + x.size(a) : start;
        if (from < 0 || length < 0 || from + length > x.size(a)) {
            throw new IndexException(
                    "narrow",
                    length + " elements from " + start + " do not fit axis " + axis + " of shape " + x.shape(),
                    Fault.INDEX_RANGE);
        }
        return Dispatch.one(new Slice(a, from, length, 1), x);
    }

    /** One place of an axis, which is dropped. */
    default Tensor select(int axis, long index) {
        Tensor x = self();
        int a = x.shape().axis("select", axis);
        if (x.rank() == 0) {
            throw new ShapeException("select", "a tensor without axes cannot be indexed", Fault.BAD_AXIS);
        }
        long i = index < 0 ? index + x.size(a) : index;
        if (i < 0 || i >= x.size(a)) {
            throw new IndexException(
                    "select",
                    "index " + index + " is out of range for axis " + axis + " of shape " + x.shape(),
                    Fault.INDEX_RANGE);
        }
        Tensor one = Dispatch.one(new Slice(a, i, 1, 1), x);
        return Dispatch.one(new Reshape(one.shape().without(a)), one);
    }

    /** Elements start, start + step, … before end, clipped to the axis as in Python; the step is positive. */
    default Tensor slice(int axis, long start, long end, long step) {
        Tensor x = self();
        int a = x.shape().axis("slice", axis);
        if (step <= 0) {
            throw new ArgumentException("slice", "the step must be positive, not " + step, Fault.BAD_ARGUMENT);
        }
        long size = x.size(a);
        long from = Math.clamp(start < 0 ? start + size : start, 0, size);
        long to = Math.clamp(end < 0 ? end + size : end, from, size);
        return Dispatch.one(new Slice(a, from, (to - from + step - 1) / step, step), x);
    }

    /** The axis cut into pieces of these sizes: views. */
    default Tensor[] splitWithSizes(int axis, long... sizes) {
        Tensor x = self();
        return Dispatch.bind(new Split(x.shape().axis("split", axis), Axes.of(sizes)), x);
    }

    /** The axis cut into pieces of a size, the last perhaps smaller. */
    default Tensor[] split(long size, int axis) {
        Tensor x = self();
        int a = x.shape().axis("split", axis);
        long total = x.size(a);
        if (size < 0 || size == 0 && total != 0) {
            throw new ArgumentException(
                    "split", "the size of a piece must be positive, not " + size, Fault.BAD_ARGUMENT);
        }
        int pieces = total == 0 ? 1 : (int) ((total + size - 1) / size);
        long[] sizes = new long[pieces];
        for (int i = 0; i < pieces; i++) {
            sizes[i] = Math.min(size, total - i * size);
        }
        return Dispatch.bind(new Split(a, Axes.of(sizes)), x);
    }

    /** The axis cut into at most so many pieces of equal size, the last perhaps smaller. */
    default Tensor[] chunk(int pieces, int axis) {
        Tensor x = self();
        if (pieces <= 0) {
            throw new ArgumentException(
                    "chunk", "the number of pieces must be positive, not " + pieces, Fault.BAD_ARGUMENT);
        }
        long total = x.size(x.shape().axis("chunk", axis));
        return total == 0 ? splitWithSizes(axis, new long[pieces]) : split((total + pieces - 1) / pieces, axis);
    }

    /** The places of an axis, each without it. */
    default Tensor[] unbind(int axis) {
        Tensor x = self();
        int a = x.shape().axis("unbind", axis);
        if (x.rank() == 0) {
            throw new ShapeException("unbind", "needs at least one axis, the shape is " + x.shape(), Fault.BAD_AXIS);
        }
        long[] ones = new long[Math.toIntExact(x.size(a))];
        java.util.Arrays.fill(ones, 1);
        Tensor[] parts = ones.length == 0 ? new Tensor[0] : Dispatch.bind(new Split(a, Axes.of(ones)), x);
        // A trace keeps the array of the parts: it is not written to.
        Tensor[] places = new Tensor[parts.length];
        for (int i = 0; i < parts.length; i++) {
            places[i] = Dispatch.one(new Reshape(parts[i].shape().without(a)), parts[i]);
        }
        return places;
    }

    /** Sliding windows over an axis: it then counts windows, and a last axis of the window's size is added. */
    default Tensor unfold(int axis, long size, long step) {
        Tensor x = self();
        if (x.rank() == 0) {
            return x.reshape(1).unfold(0, size, step).select(0, 0);
        }
        return Dispatch.one(new Window(x.shape().axis("unfold", axis), size, step, 1), x);
    }

    /** The diagonal of two axes, as a new last axis. */
    default Tensor diagonal(long offset, int row, int column) {
        Tensor x = self();
        return Dispatch.one(
                new Diagonal(offset, x.shape().axis("diagonal", row), x.shape().axis("diagonal", column)), x);
    }

    default Tensor diagonal() {
        return diagonal(0, 0, 1);
    }

    /** Any layout over this tensor's storage; strides and offset count elements. */
    default Tensor asStrided(Shape shape, long[] strides, long offset) {
        return Dispatch.one(new AsStrided(shape, Axes.of(strides), offset), self());
    }

    /** The elements along axes in reverse order, copied. */
    default Tensor flip(int... axes) {
        Tensor x = self();
        long mask = 0;
        Tensor flipped = x;
        for (int axis : axes) {
            int a = x.shape().axis("flip", axis);
            if ((mask >>> a & 1) != 0) {
                throw new ShapeException("flip", "axis " + axis + " is named twice", Fault.BAD_AXIS);
            }
            mask |= 1L << a;
            if (x.rank() > 0 && x.size(a) > 1) {
                flipped = Dispatch.one(new Slice(a, x.size(a) - 1, x.size(a), -1), flipped);
            }
        }
        return Dispatch.one(Copy.COPY, flipped);
    }

    /** This tensor and others, one after another along an axis, without promotion. */
    default Tensor cat(int axis, Tensor... others) {
        Tensor[] all = new Tensor[others.length + 1];
        all[0] = self();
        System.arraycopy(others, 0, all, 1, others.length);
        return Dispatch.one(new Cat(all[0].shape().axis("cat", axis)), all);
    }

    /** A complex tensor as real and imaginary parts in a new last axis; a view. */
    default Tensor viewAsReal() {
        return Dispatch.one(ViewAsReal.VIEW_AS_REAL, self());
    }

    /** Real and imaginary parts in the last axis as a complex tensor; a view. */
    default Tensor viewAsComplex() {
        return Dispatch.one(ViewAsComplex.VIEW_AS_COMPLEX, self());
    }

    /** The real parts, a view; a real tensor itself. */
    default Tensor real() {
        Tensor x = self();
        return x.dtype().isComplex() ? viewAsReal().select(-1, 0) : x;
    }

    /** The imaginary parts, a view. */
    default Tensor imag() {
        if (!self().dtype().isComplex()) {
            throw new DTypeException("imag", "is not defined for " + self().dtype(), Fault.BAD_DTYPE);
        }
        return viewAsReal().select(-1, 1);
    }
}
