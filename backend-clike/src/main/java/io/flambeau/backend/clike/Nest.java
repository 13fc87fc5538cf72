package io.flambeau.backend.clike;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.View;
import java.util.Arrays;

/**
 * Nested loops over the elements of up to four operands, with as few axes as their strides allow: the struct of the same
 * name in {@code elements.h}. What has more axes than the struct is done by several launches, see {@link #next}.
 */
final class Nest {
    /** The axes of the struct. */
    static final int AXES = 8;

    /** The operands that the struct has room for. */
    private static final int OPERANDS = 4;

    private final int operands;

    private final long[] size;
    private final long[][] stride;
    private final long[] offset;
    private final int[] dtype;
    private final long[] index;
    private int rank;

    private Nest(Shape shape, long skipped, View... views) {
        operands = views.length;
        offset = new long[OPERANDS];
        dtype = new int[OPERANDS];
        int axes = shape.rank();
        size = new long[Math.max(axes, 1)];
        stride = new long[operands][size.length];
        for (int k = 0; k < operands; k++) {
            offset[k] = offset(views[k]);
            dtype[k] = views[k].dtype().ordinal();
        }
        for (int axis = 0; axis < axes; axis++) {
            if ((skipped >>> axis & 1) == 0 && shape.size(axis) != 1) {
                append(shape.size(axis), axis, views);
            }
        }
        if (rank == 0) {
            size[rank++] = 1;
        }
        index = new long[size.length];
    }

    /** Over the whole shape, which is that of every view. */
    static Nest of(View... views) {
        return new Nest(views[0].shape(), 0, views);
    }

    /** Over a shape without some axes, whose index stays 0; the views reach at least as far. */
    static Nest without(long skipped, Shape shape, View... views) {
        return new Nest(shape, skipped, views);
    }

    /** Over a shape, where the first view does not move along an axis. */
    static Nest still(int axis, Shape shape, View first, View... others) {
        View[] views = new View[others.length + 1];
        long[] strides = first.strides().clone();
        strides[axis] = 0;
        views[0] = first.with(first.shape(), strides, first.offset());
        System.arraycopy(others, 0, views, 1, others.length);
        return new Nest(shape, 0, views);
    }

    /** The first element of a view, counted from the start of its slab. */
    static long offset(View view) {
        return view.storage().offset() / view.dtype().bytes() + view.offset();
    }

    private void append(long n, int axis, View[] views) {
        boolean merges = rank > 0;
        for (int k = 0; k < operands && merges; k++) {
            merges = stride[k][rank - 1] == n * views[k].stride(axis);
        }
        int at = merges ? rank - 1 : rank++;
        size[at] = merges ? size[at] * n : n;
        for (int k = 0; k < operands; k++) {
            stride[k][at] = views[k].stride(axis);
        }
    }

    /** Measures from the views' first elements instead of the slabs'. */
    Nest relative() {
        Arrays.fill(offset, 0);
        return this;
    }

    int rank() {
        return rank;
    }

    long stride(int operand, int axis) {
        return stride[operand][axis];
    }

    /** The elements of one launch. */
    long count() {
        long count = 1;
        for (int axis = Math.max(rank - AXES, 0); axis < rank; axis++) {
            count *= size[axis];
        }
        return count;
    }

    /** Adds the struct to the arguments. */
    Arguments to(Arguments arguments) {
        int sizes = 8 + 8 * OPERANDS;
        int strides = sizes + 8 * AXES;
        int dtypes = strides + 8 * AXES * OPERANDS;
        int at = arguments.struct(dtypes + 4 * OPERANDS + 8);
        int outer = Math.max(rank - AXES, 0);
        arguments.put(at, count());
        for (int k = 0; k < OPERANDS; k++) {
            arguments.put(at + 8 + 8 * k, offset[k]);
            arguments.put(at + dtypes + 4 * k, dtype[k]);
        }
        for (int axis = outer; axis < rank; axis++) {
            arguments.put(at + sizes + 8 * (axis - outer), size[axis]);
            for (int k = 0; k < operands; k++) {
                arguments.put(at + strides + 8 * (AXES * k + axis - outer), stride[k][axis]);
            }
        }
        arguments.put(at + dtypes + 4 * OPERANDS, rank - outer);
        return arguments;
    }

    /** Refuses what cannot be done by one launch. */
    void whole(Op op) {
        if (rank > AXES) {
            throw new ShapeException(
                    op.title(),
                    "has " + rank + " axes that cannot be merged; at most " + AXES
                            + " are possible on this device: call contiguous() first",
                    Fault.BAD_AXIS);
        }
    }

    /** Moves on to the next launch along the axes that the struct cannot hold; false when all are done. */
    boolean next() {
        for (int axis = rank - AXES - 1; axis >= 0; axis--) {
            boolean more = ++index[axis] < size[axis];
            long step = more ? 1 : 1 - size[axis];
            for (int k = 0; k < operands; k++) {
                offset[k] += step * stride[k][axis];
            }
            if (more) {
                return true;
            }
            index[axis] = 0;
        }
        return false;
    }
}
