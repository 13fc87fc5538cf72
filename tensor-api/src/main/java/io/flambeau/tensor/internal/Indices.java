package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Index;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.index.WrapIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Indexing in any mix, as in PyTorch.
 *
 * <p>Note [Two steps of indexing]: places, ranges, ellipsis and new axes are views and come first; index tensors then
 * pick from what is left. They broadcast together; their axes stand where the first of them stood if they were
 * neighbours, else in front.
 */
public final class Indices {
    private final String operation;
    private final Tensor view;
    /** For each axis of the view the index tensor that picks from it, or null. */
    private final @Nullable Tensor[] picks;

    private Indices(String operation, Tensor view, @Nullable Tensor[] picks) {
        this.operation = operation;
        this.view = view;
        this.picks = picks;
    }

    /** The first step. */
    public static Indices of(String operation, Tensor x, Index... parts) {
        int used = 0;
        int ellipses = 0;
        for (Index part : parts) {
            used += switch (part) {
                case Index.At _, Index.Range _ -> 1;
                case Tensor t -> isMask(t) ? t.rank() : 1;
                case Index.Special _ -> 0;
            };
            ellipses += part == Index.Special.ELLIPSIS ? 1 : 0;
        }
        if (used > x.rank() || ellipses > 1) {
            throw new IndexException(
                    operation,
                    ellipses > 1
                            ? "only one ellipsis is allowed, there are " + ellipses
                            : "too many indices: " + used + " for the " + x.rank() + " axes of shape " + x.shape(),
                    Fault.INDEX_RANGE);
        }
        Tensor view = x;
        int axis = 0;
        List<@Nullable Tensor> picks = new ArrayList<>();
        for (Index part : parts) {
            switch (part) {
                case Index.At at -> view = place(operation, view, axis, at.place());
                case Index.Range range -> {
                    view = range(view, axis++, range);
                    picks.add(null);
                }
                case Index.Special special
                when special == Index.Special.ELLIPSIS -> {
                    for (int i = 0; i < x.rank() - used; i++) {
                        picks.add(null);
                        axis++;
                    }
                }
                case Index.Special _ -> {
                    view = view.unsqueeze(axis++);
                    picks.add(null);
                }
                case Tensor t -> {
                    for (Tensor pick : isMask(t)
                            ? places(operation, t, view.shape(), axis)
                            : new Tensor[] {integers(operation, t)}) {
                        picks.add(pick);
                        axis++;
                    }
                }
            }
        }
        while (picks.size() < view.rank()) {
            picks.add(null);
        }
        return new Indices(operation, view, picks.toArray(new Tensor[0]));
    }

    private static boolean isMask(Tensor t) {
        return t.dtype() == DType.BOOL || t.dtype() == DType.U8;
    }

    private static Tensor integers(String operation, Tensor t) {
        if (!t.dtype().isIntegral()) {
            throw new DTypeException(
                    operation, "an index tensor must hold integers or booleans, not " + t.dtype(), Fault.BAD_DTYPE);
        }
        return t.to(DType.I64);
    }

    private static Tensor[] places(String operation, Tensor mask, Shape shape, int axis) {
        for (int i = 0; i < mask.rank(); i++) {
            if (mask.size(i) != shape.size(axis + i)) {
                throw new IndexException(
                        operation,
                        "the mask has shape " + mask.shape() + ", which does not match shape " + shape + " from axis "
                                + axis + " on",
                        Fault.SHAPE_MISMATCH);
            }
        }
        Tensor rows = mask.nonzero();
        Tensor[] places = new Tensor[mask.rank()];
        for (int i = 0; i < places.length; i++) {
            places[i] = rows.select(1, i);
        }
        return places;
    }

    private static Tensor place(String operation, Tensor x, int axis, long place) {
        if (place < -x.size(axis) || place >= x.size(axis)) {
            throw new IndexException(
                    operation,
                    "index " + place + " is out of range for axis " + axis + " of shape " + x.shape(),
                    Fault.INDEX_RANGE);
        }
        return x.select(axis, place);
    }

    private static Tensor range(Tensor x, int axis, Index.Range range) {
        if (range.start() == null && range.end() == null && range.step() == null) {
            return x;
        }
        return x.slice(
                axis,
                range.start() == null ? 0 : range.start(),
                range.end() == null ? Long.MAX_VALUE : range.end(),
                range.step() == null ? 1 : range.step());
    }

    private boolean isView() {
        for (Tensor pick : picks) {
            if (pick != null) {
                return false;
            }
        }
        return true;
    }

    /** The picked elements: a view where there are no index tensors, else a copy. */
    public Tensor get() {
        if (isView()) {
            return view;
        }
        Picking p = new Picking();
        Tensor picked = p.front.reshape(p.flatShape()).indexSelect(0, p.places.reshape(-1));
        Tensor shaped = picked.reshape(p.places.shape().concat(p.rest));
        return p.first == 0 ? shaped : shaped.permute(p.fromFront());
    }

    /** Writes a value, broadcast, over what {@link #get} would give. */
    public void set(Tensor value) {
        if (isView()) {
            Dispatch.assign(view, value);
        } else {
            Dispatch.assign(view, put(value, false));
        }
    }

    /** A copy of the tensor with the value, broadcast, in the place of, or added to, what {@link #get} would give. */
    public Tensor put(Tensor value, boolean accumulate) {
        Picking p = new Picking();
        Tensor source = value.to(view.dtype());
        Shape shaped = p.places.shape().concat(p.rest);
        if (p.first > 0) {
            int[] order = p.fromFront();
            long[] sizes = new long[order.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = shaped.size(order[i]);
            }
            source = source.expand(Shape.of(sizes)).permute(inverse(order));
        } else {
            source = source.expand(shaped);
        }
        long n = p.places.count();
        long[] one = new long[1 + p.rest.rank()];
        Arrays.fill(one, 1);
        one[0] = n;
        Shape rows = Shape.of(n).concat(p.rest);
        Tensor index = p.places.reshape(one).expand(rows);
        Tensor flat = p.front.reshape(p.flatShape());
        Tensor written = accumulate
                ? flat.scatterAdd(0, index, source.reshape(rows))
                : flat.scatter(0, index, source.reshape(rows));
        return written.reshape(p.front.shape()).permute(inverse(p.order));
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** The second step: indexed axes brought to the front and joined to one, their indices to one index. */
    private final class Picking {
        final int[] order = new int[view.rank()];
        final Tensor front;
        final Tensor places;
        final Shape rest;
        final long joined;
        /** Where the axes of the index stand in the result. */
        final int first;

        Picking() {
            int n = 0;
            int firstPick = -1;
            int lastPick = -1;
            Shape shape = Shape.SCALAR;
            for (int i = 0; i < picks.length; i++) {
                Tensor pick = picks[i];
                if (pick != null) {
                    order[n++] = i;
                    shape = Shape.broadcast(operation, shape, pick.shape());
                    firstPick = firstPick < 0 ? i : firstPick;
                    lastPick = i;
                }
            }
            int indexed = n;
            for (int i = 0; i < picks.length; i++) {
                if (picks[i] == null) {
                    order[n++] = i;
                }
            }
            front = view.permute(order);
            rest = front.shape().range(indexed, view.rank());
            joined = front.shape().range(0, indexed).count();
            Tensor all = null;
            for (int i = 0; i < indexed; i++) {
                Tensor pick = Objects.requireNonNull(picks[order[i]]);
                long size = view.size(order[i]);
                Tensor wrapped = Dispatch.one(new WrapIndex(operation, order[i], size), pick.to(view.device()));
                all = all == null ? wrapped : all.mul(Scalar.of(size)).add(wrapped);
            }
            places = Objects.requireNonNull(all).expand(shape);
            first = lastPick - firstPick + 1 == indexed ? firstPick : 0;
        }

        Shape flatShape() {
            return Shape.of(joined).concat(rest);
        }

        /** The order of axes that moves the index's axes from the front to where they belong. */
        int[] fromFront() {
            int k = places.rank();
            int[] axes = new int[k + rest.rank()];
            for (int i = 0; i < axes.length; i++) {
                axes[i] = i < first ? k + i : i < first + k ? i - first : i;
            }
            return axes;
        }
    }
}
