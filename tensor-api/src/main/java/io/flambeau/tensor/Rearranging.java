package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.op.Diagonal;
import io.flambeau.tensor.op.Put;
import io.flambeau.tensor.op.Slice;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.op.index.RepeatIndices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The methods of a tensor that repeat, turn, cut, pad and mask it. */
public sealed interface Rearranging permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private void requireRank(String operation, int least) {
        if (self().rank() < least) {
            throw new ShapeException(
                    operation,
                    "needs at least " + least + " axes, the shape is " + self().shape(),
                    Fault.SHAPE_MISMATCH);
        }
    }

    // Other views

    default Tensor reshapeAs(Tensor other) {
        return self().reshape(requireCount("reshapeAs", other));
    }

    default Tensor viewAs(Tensor other) {
        return self().view(requireCount("viewAs", other).sizes());
    }

    private Shape requireCount(String operation, Tensor other) {
        if (self().count() != other.count()) {
            throw new ShapeException(
                    operation,
                    "shape " + self().shape() + " holds " + self().count() + " elements, " + other.shape() + " holds "
                            + other.count(),
                    Fault.BAD_RESHAPE);
        }
        return other.shape();
    }

    default Tensor expandAs(Tensor other) {
        return self().expand(other.shape());
    }

    /** As {@link Shaping#expand(Shape)}. */
    default Tensor broadcastTo(long... sizes) {
        return self().expand(sizes);
    }

    /** Sums what was broadcast, so that the result has these sizes. */
    default Tensor sumToSize(long... sizes) {
        Tensor x = self();
        Shape to = Shape.checked("sumToSize", sizes);
        int added = x.rank() - to.rank();
        boolean fits = added >= 0;
        for (int i = 0; fits && i < to.rank(); i++) {
            fits = to.size(i) == 1 || to.size(i) == x.size(added + i);
        }
        if (!fits) {
            throw new ShapeException(
                    "sumToSize",
                    to + " does not expand to the shape " + x.shape() + " that is summed",
                    Fault.NO_BROADCAST);
        }
        if (to.rank() == 0) {
            return x.sum();
        }
        boolean summed = !x.shape().equals(to) && !x.dtype().isDifferentiable();
        return (summed ? x.to(DType.I64) : x).sumTo(to);
    }

    default Tensor ravel() {
        return self().reshape(-1);
    }

    default Tensor swapaxes(int first, int second) {
        return self().transpose(first, second);
    }

    /** At least one axis. */
    default Tensor atleast1d() {
        return self().rank() == 0 ? self().reshape(1) : self();
    }

    /** At least two axes; a vector becomes a row. */
    default Tensor atleast2d() {
        Tensor x = self().atleast1d();
        return x.rank() == 1 ? x.unsqueeze(0) : x;
    }

    /** At least three axes; a matrix gets a last one. */
    default Tensor atleast3d() {
        Tensor x = self().atleast2d();
        return x.rank() == 2 ? x.unsqueeze(-1) : x;
    }

    // Pieces

    /** So many pieces, the first ones perhaps larger by one. */
    default Tensor[] tensorSplit(int pieces, int axis) {
        Tensor x = self();
        if (pieces <= 0) {
            throw new ArgumentException(
                    "tensorSplit", "the number of pieces must be positive, not " + pieces, Fault.BAD_ARGUMENT);
        }
        requireRank("tensorSplit", 1);
        long size = x.size(x.shape().axis("tensorSplit", axis));
        long[] places = new long[pieces - 1];
        for (int i = 1; i < pieces; i++) {
            places[i - 1] = size / pieces * i + Math.min(i, size % pieces);
        }
        return tensorSplit(places, axis);
    }

    /** Pieces that begin at these places. */
    default Tensor[] tensorSplit(long[] places, int axis) {
        Tensor x = self();
        requireRank("tensorSplit", 1);
        int a = x.shape().axis("tensorSplit", axis);
        Tensor[] pieces = new Tensor[places.length + 1];
        long start = 0;
        for (int i = 0; i < pieces.length; i++) {
            long end = i < places.length ? places[i] : x.size(a);
            pieces[i] = x.slice(a, start, end, 1);
            start = end;
        }
        return pieces;
    }

    private Tensor[] evenly(String operation, int least, int axis, long pieces) {
        requireRank(operation, least);
        long size = self().size(axis);
        if (pieces <= 0 || size % pieces != 0) {
            throw new ArgumentException(
                    operation,
                    "axis " + axis + " of shape " + self().shape() + " cannot be cut into " + pieces + " equal pieces",
                    Fault.BAD_ARGUMENT);
        }
        return self().tensorSplit((int) pieces, axis);
    }

    /** Equal pieces along the second axis, or the first of a vector. */
    default Tensor[] hsplit(long pieces) {
        return evenly("hsplit", 1, self().rank() == 1 ? 0 : 1, pieces);
    }

    default Tensor[] hsplit(long[] places) {
        requireRank("hsplit", 1);
        return self().tensorSplit(places, self().rank() == 1 ? 0 : 1);
    }

    /** Equal pieces along the first axis. */
    default Tensor[] vsplit(long pieces) {
        return evenly("vsplit", 2, 0, pieces);
    }

    default Tensor[] vsplit(long[] places) {
        requireRank("vsplit", 2);
        return self().tensorSplit(places, 0);
    }

    /** Equal pieces along the third axis. */
    default Tensor[] dsplit(long pieces) {
        return evenly("dsplit", 3, 2, pieces);
    }

    default Tensor[] dsplit(long[] places) {
        requireRank("dsplit", 3);
        return self().tensorSplit(places, 2);
    }

    // Repeating

    /** The whole tensor so many times along each axis; more numbers than axes add axes in front. */
    default Tensor repeat(long... times) {
        Tensor x = self();
        int added = times.length - x.rank();
        if (added < 0) {
            throw new ShapeException(
                    "repeat",
                    "needs a number for each axis of shape " + x.shape() + ", there are " + times.length,
                    Fault.SHAPE_MISMATCH);
        }
        long[] split = new long[2 * times.length];
        long[] stretched = new long[2 * times.length];
        long[] sizes = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            long size = i < added ? 1 : x.size(i - added);
            split[2 * i] = 1;
            split[2 * i + 1] = size;
            stretched[2 * i] = times[i];
            stretched[2 * i + 1] = size;
            sizes[i] = times[i] * size;
        }
        return x.reshape(split)
                .expand(Shape.checked("repeat", stretched))
                .clone()
                .reshape(sizes);
    }

    /** As {@link #repeat}, where fewer numbers than axes repeat the last axes. */
    default Tensor tile(long... times) {
        int missing = self().rank() - times.length;
        if (missing <= 0) {
            return repeat(times);
        }
        long[] all = new long[self().rank()];
        Arrays.fill(all, 1);
        System.arraycopy(times, 0, all, missing, times.length);
        return repeat(all);
    }

    /** Each element so many times along an axis. */
    default Tensor repeatInterleave(long times, int axis) {
        Tensor x = self().atleast1d();
        int a = x.shape().axis("repeatInterleave", axis);
        if (times < 0) {
            throw new ArgumentException(
                    "repeatInterleave", "repeats is " + times + "; it must not be negative", Fault.BAD_ARGUMENT);
        }
        Tensor copies = x.unsqueeze(a + 1);
        Shape stretched = copies.shape().with(a + 1, times);
        return copies.expand(stretched).clone().reshape(x.shape().with(a, x.size(a) * times));
    }

    /** Each element so many times along an axis as a vector of integers says. */
    default Tensor repeatInterleave(Tensor times, int axis) {
        Tensor x = self().atleast1d();
        int a = x.shape().axis("repeatInterleave", axis);
        Tensor each = times.count() == 1 ? times.reshape(1).expand(Shape.of(x.size(a))) : times;
        if (each.rank() != 1 || each.size(0) != x.size(a)) {
            throw new ShapeException(
                    "repeatInterleave",
                    "repeats has shape " + times.shape() + ", axis " + axis + " of shape " + x.shape() + " has "
                            + x.size(a) + " elements",
                    Fault.SHAPE_MISMATCH);
        }
        return x.indexSelect(a, Dispatch.one(RepeatIndices.REPEAT_INDICES, each));
    }

    /** The flattened elements, each so many times. */
    default Tensor repeatInterleave(long times) {
        return self().reshape(-1).repeatInterleave(times, 0);
    }

    // Turning

    /** The elements moved along axes, those that fall off entering at the other end; without axes the flattened ones. */
    default Tensor roll(long[] shifts, int... axes) {
        Tensor x = self();
        if (shifts.length == 0 || axes.length != shifts.length && !(axes.length == 0 && shifts.length == 1)) {
            throw new ArgumentException(
                    "roll",
                    "there are " + shifts.length + " shifts for " + axes.length + " axes; give one shift for each axis",
                    Fault.BAD_ARGUMENT);
        }
        if (axes.length == 0) {
            return x.reshape(-1).roll(shifts, 0).reshape(x.shape());
        }
        requireRank("roll", 1);
        Tensor rolled = x;
        for (int i = 0; i < axes.length; i++) {
            int a = x.shape().axis("roll", axes[i]);
            long size = x.size(a);
            long shift = size == 0 ? 0 : Math.floorMod(shifts[i], size);
            if (shift > 0) {
                Tensor front = rolled.narrow(a, size - shift, shift);
                rolled = front.cat(a, rolled.narrow(a, 0, size - shift));
            }
        }
        return rolled == x ? x.clone() : rolled;
    }

    default Tensor roll(long shift, int axis) {
        return roll(new long[] {shift}, axis);
    }

    /** Turned by so many quarters in the plane of two axes, from the first toward the second. */
    default Tensor rot90(int quarters, int first, int second) {
        Tensor x = self();
        requireRank("rot90", 2);
        int a = x.shape().axis("rot90", first);
        int b = x.shape().axis("rot90", second);
        if (a == b) {
            throw new ShapeException("rot90", "both axes are axis " + a, Fault.BAD_AXIS);
        }
        return switch (Math.floorMod(quarters, 4)) {
            case 1 -> x.flip(b).transpose(a, b);
            case 2 -> x.flip(a, b);
            case 3 -> x.flip(a).transpose(a, b);
            default -> x.clone();
        };
    }

    /** The second axis in reverse order. */
    default Tensor fliplr() {
        requireRank("fliplr", 2);
        return self().flip(1);
    }

    /** The first axis in reverse order. */
    default Tensor flipud() {
        requireRank("flipud", 1);
        return self().flip(0);
    }

    // Triangles and diagonals

    private Tensor triangle(String operation, long offset, boolean upper) {
        Tensor x = self();
        requireRank(operation, 2);
        Tensor rows = Tensors.arange(x.size(-2)).to(x.device()).unsqueeze(1);
        Tensor columns = Tensors.arange(x.size(-1)).to(x.device());
        Tensor distance = columns.sub(rows);
        Tensor inside = upper ? distance.ge(offset) : distance.le(offset);
        return x.where(inside, x.newZeros(Shape.SCALAR));
    }

    /** The lower triangle of matrices, up to a diagonal; zeros elsewhere. */
    default Tensor tril(long offset) {
        return triangle("tril", offset, false);
    }

    default Tensor tril() {
        return tril(0);
    }

    /** The upper triangle of matrices, from a diagonal on; zeros elsewhere. */
    default Tensor triu(long offset) {
        return triangle("triu", offset, true);
    }

    default Tensor triu() {
        return triu(0);
    }

    /** The diagonal of a matrix, or the square matrix with this vector as its diagonal. */
    default Tensor diag(long offset) {
        Tensor x = self();
        if (x.rank() != 1 && x.rank() != 2) {
            throw new ShapeException(
                    "diag", "needs a vector or a matrix, the shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        return x.rank() == 1
                ? x.diagEmbed(offset, 0, 1)
                : x.diagonal(offset, 0, 1).clone();
    }

    default Tensor diag() {
        return diag(0);
    }

    /** The flattened elements as the diagonal of a square matrix. */
    default Tensor diagflat(long offset) {
        return self().reshape(-1).diagEmbed(offset, 0, 1);
    }

    /** The last axis as diagonals of square matrices in two new axes. */
    default Tensor diagEmbed(long offset, int row, int column) {
        Tensor x = self().atleast1d();
        int rank = x.rank() + 1;
        int r = newAxis(row, rank);
        int c = newAxis(column, rank);
        if (r == c) {
            throw new ShapeException("diagEmbed", "both axes are axis " + row, Fault.BAD_AXIS);
        }
        long n = x.size(-1) + Math.abs(offset);
        Shape shape = x.shape().range(0, x.rank() - 1);
        shape = shape.insert(Math.min(r, c), n).insert(Math.max(r, c), n);
        return x.newZeros(shape).diagonalScatter(x, offset, r, c);
    }

    private static int newAxis(int axis, int rank) {
        int a = axis < 0 ? axis + rank : axis;
        if (a < 0 || a >= rank) {
            throw new ShapeException(
                    "diagEmbed",
                    "axis " + axis + " is out of range: from " + -rank + " to " + (rank - 1),
                    Fault.BAD_AXIS);
        }
        return a;
    }

    /** The sum of a matrix's diagonal. */
    default Tensor trace() {
        if (self().rank() != 2) {
            throw new ShapeException("trace", "needs a matrix, the shape is " + self().shape(), Fault.SHAPE_MISMATCH);
        }
        return self().diagonal().sum();
    }

    // Copies with a part replaced

    private Tensor put(ViewOp view, Tensor value) {
        Tensor x = self().contiguous();
        return Dispatch.one(new Put(view), x, value.to(x.dtype()).contiguous());
    }

    /** A copy whose diagonal of two axes is the source. */
    default Tensor diagonalScatter(Tensor source, long offset, int row, int column) {
        Shape shape = self().shape();
        return put(
                new Diagonal(offset, shape.axis("diagonalScatter", row), shape.axis("diagonalScatter", column)),
                source);
    }

    /** A copy whose place on an axis is the source. */
    default Tensor selectScatter(Tensor source, int axis, long index) {
        Tensor x = self();
        int a = x.shape().axis("selectScatter", axis);
        long i = index < 0 ? index + x.size(a) : index;
        return put(new Slice(a, i, 1, 1), source.unsqueeze(a));
    }

    /** A copy whose slice of an axis is the source. */
    default Tensor sliceScatter(Tensor source, int axis, long start, long end, long step) {
        Tensor x = self();
        int a = x.shape().axis("sliceScatter", axis);
        long from = Math.clamp(start < 0 ? start + x.size(a) : start, 0, x.size(a));
        long to = Math.clamp(end < 0 ? end + x.size(a) : end, from, x.size(a));
        return put(new Slice(a, from, (to - from + step - 1) / step, step), source);
    }

    /**
     * A value added around axes; negative numbers cut.
     *
     * @param pad before and after the last axis, then before and after the one before it, and so on
     */
    default Tensor constantPad(long[] pad, Scalar value) {
        Tensor x = self();
        if (pad.length % 2 != 0 || pad.length > 2 * x.rank()) {
            throw new ArgumentException(
                    "constantPad",
                    "pad has " + pad.length + " numbers; it needs two for each of at most " + x.rank() + " axes",
                    Fault.BAD_ARGUMENT);
        }
        for (int i = 0; i < pad.length / 2; i++) {
            int axis = x.rank() - 1 - i;
            long cutBefore = Math.max(-pad[2 * i], 0);
            long kept = x.size(axis) - cutBefore - Math.max(-pad[2 * i + 1], 0);
            if (kept < 0) {
                throw new ShapeException(
                        "constantPad",
                        "pads of " + pad[2 * i] + " and " + pad[2 * i + 1] + " cut more than axis " + axis
                                + " of shape " + x.shape() + " has",
                        Fault.BAD_ARGUMENT);
            }
            x = x.narrow(axis, cutBefore, kept);
            Tensor before = edge(x, axis, pad[2 * i], value);
            Tensor after = edge(x, axis, pad[2 * i + 1], value);
            x = before == null ? x : before.cat(axis, x);
            x = after == null ? x : x.cat(axis, after);
        }
        return x == self() ? x.clone() : x;
    }

    private static @Nullable Tensor edge(Tensor x, int axis, long size, Scalar value) {
        return size <= 0 ? null : x.newFull(x.shape().with(axis, size), value);
    }
}
