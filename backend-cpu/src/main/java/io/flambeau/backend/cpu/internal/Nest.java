package io.flambeau.backend.cpu.internal;

/**
 * The loops over elements of some views of one shape: axes of size 1 dropped, axes ordered by the last view's strides
 * (the output's) unless order matters, and neighbours merged where every view allows it.
 */
final class Nest {
    /** Number of loops, at least one. */
    final int rank;

    final long[] sizes;
    /** Distances in bytes: {@code steps[view][loop]}. */
    final long[][] steps;

    final long[] addresses;
    final long count;

    Nest(Strided... views) {
        this(true, views);
    }

    /** @param sorted whether the loops may be ordered by strides; else they keep the axes' order */
    Nest(boolean sorted, Strided... views) {
        int axes = views[0].rank();
        long[] size = new long[Math.max(1, axes)];
        int[] order = new int[axes];
        Strided last = views[views.length - 1];
        int kept = 0;
        long total = 1;
        for (int axis = 0; axis < axes; axis++) {
            long n = views[0].sizes()[axis];
            total *= n;
            if (n == 1) {
                continue;
            }
            int at = kept++;
            for (; sorted && at > 0 && Math.abs(last.strides()[order[at - 1]]) < Math.abs(last.strides()[axis]); at--) {
                order[at] = order[at - 1];
            }
            order[at] = axis;
        }
        long[][] step = new long[views.length][Math.max(1, kept)];
        int loops = 0;
        for (int k = 0; k < kept; k++) {
            int axis = order[k];
            long n = views[0].sizes()[axis];
            boolean merge = loops > 0;
            for (int v = 0; v < views.length && merge; v++) {
                merge = step[v][loops - 1] == views[v].strides()[axis] * views[v].type().bytes * n;
            }
            int at = merge ? loops - 1 : loops++;
            size[at] = merge ? size[at] * n : n;
            for (int v = 0; v < views.length; v++) {
                step[v][at] = views[v].strides()[axis] * views[v].type().bytes;
            }
        }
        if (loops == 0) {
            size[0] = 1;
            loops = 1;
        }
        rank = loops;
        sizes = size;
        steps = step;
        count = total;
        addresses = new long[views.length];
        for (int v = 0; v < views.length; v++) {
            addresses[v] = views[v].address();
        }
    }

    /** The size of the innermost loop. */
    long inner() {
        return sizes[rank - 1];
    }

    /** The distance between a view's elements in the innermost loop. */
    long step(int view) {
        return steps[view][rank - 1];
    }

    /** Whether a view's elements of {@code bytes} lie one after another in this order. */
    boolean dense(int view, int bytes) {
        return rank == 1 && (steps[view][0] == bytes || sizes[0] == 1);
    }

    /** The address of a view's element number {@code index} in the order of the loops. */
    long address(int view, long index) {
        long at = addresses[view];
        long rest = index;
        for (int k = rank - 1; k > 0; k--) {
            at += rest % sizes[k] * steps[view][k];
            rest /= sizes[k];
        }
        return at + rest * steps[view][0];
    }

    /** A place in the loops that goes on from row to row; a row is the innermost loop. */
    final class Cursor {
        private final long[] index = new long[rank];
        private final long[] rows = addresses.clone();

        /** At row number {@code row}. */
        Cursor(long row) {
            long rest = row;
            for (int k = rank - 2; k >= 0; k--) {
                index[k] = k > 0 ? rest % sizes[k] : rest;
                rest /= sizes[k];
                advance(k, index[k]);
            }
        }

        private void advance(int loop, long count) {
            for (int v = 0; v < rows.length; v++) {
                rows[v] += count * steps[v][loop];
            }
        }

        void next() {
            for (int k = rank - 2; k >= 0; k--) {
                advance(k, 1);
                if (++index[k] < sizes[k]) {
                    return;
                }
                advance(k, -sizes[k]);
                index[k] = 0;
            }
        }

        /** The address of a view's element in this row. */
        long address(int view, long column) {
            return rows[view] + column * steps[view][rank - 1];
        }
    }
}
