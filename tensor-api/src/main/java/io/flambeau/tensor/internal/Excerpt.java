package io.flambeau.tensor.internal;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.spi.View;

/** The elements of a view that are printed: all of up to 1,000, else three at both ends of each axis. */
final class Excerpt {
    static final int EDGE = 3;
    private static final int MOST = 1000;

    private Excerpt() {}

    /** The elements, in a shape whose sizes are cut to at most twice {@link #EDGE} where not all are shown. */
    static HostArray read(View view, Backends.Target target) {
        Shape shape = view.shape();
        if (shape.count() <= MOST) {
            return HostArrays.read(view, target);
        }
        long[] sizes = shape.sizes();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.min(sizes[i], 2 * EDGE);
        }
        HostArray shown = HostArray.zeros(view.dtype(), Shape.of(sizes));
        corners(view, view, 0, 0, shown, target);
        return shown;
    }

    /** Reads the corners that differ in the axes from {@code axis} on, and puts them at {@code to} of what is shown. */
    private static void corners(View full, View corner, int axis, int to, HostArray shown, Backends.Target target) {
        if (axis == full.shape().rank()) {
            place(HostArrays.read(corner, target), to, shown);
            return;
        }
        long size = full.shape().size(axis);
        if (size <= 2 * EDGE) {
            corners(full, corner, axis + 1, to, shown, target);
            return;
        }
        int step = (int) shown.shape().range(axis + 1, shown.shape().rank()).count();
        Shape shape = corner.shape().with(axis, EDGE);
        corners(full, corner.with(shape, corner.strides(), corner.offset()), axis + 1, to, shown, target);
        long last = corner.offset() + (size - EDGE) * corner.stride(axis);
        corners(full, corner.with(shape, corner.strides(), last), axis + 1, to + EDGE * step, shown, target);
    }

    private static void place(HostArray corner, int to, HostArray shown) {
        int rank = shown.shape().rank();
        int row = rank == 0 ? 1 : (int) corner.shape().size(-1);
        int width = shown.dtype().isComplex() ? 2 : 1;
        long[] index = new long[rank];
        for (int from = 0; from < corner.count(); from += row) {
            long at = to;
            long[] strides = shown.shape().contiguousStrides();
            for (int i = 0; i < rank - 1; i++) {
                at += index[i] * strides[i];
            }
            if (corner.reals().length > 0) {
                System.arraycopy(corner.reals(), from * width, shown.reals(), (int) at * width, row * width);
            } else {
                System.arraycopy(corner.integers(), from, shown.integers(), (int) at, row);
            }
            for (int i = rank - 2; i >= 0 && ++index[i] == corner.shape().size(i); i--) {
                index[i] = 0;
            }
        }
    }
}
