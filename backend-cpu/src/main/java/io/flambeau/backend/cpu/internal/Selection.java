package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorSearch;
import java.util.Arrays;

/**
 * The first elements of a stable sort along the last axis, for elements of at most four bytes: keys in the order of the
 * elements, above their places, so that all differ.
 *
 * <p>A few elements are kept in order, and only what is beyond the last of them is looked at. More are collected, and
 * whenever twice as many have come, they are sorted and the better half is kept: sorting
 * long integers is what the JDK does with vectors.
 */
public final class Selection {
    private static final int FEW = 32;
    private static final Search SEARCH = Kernels.VECTOR ? new VectorSearch() : Selection::beyond;

    private Selection() {}

    /** Looks for a float beyond a bound. */
    @FunctionalInterface
    public interface Search {
        /**
         * The first of the places {@code from} to {@code n - 1} whose float is neither on this side of the bound nor equal
         * to it, or n.
         *
         * @param largest whether greater floats are beyond it, else smaller ones
         */
        int beyond(boolean largest, int from, int n, long x, float bound);
    }

    static int beyond(boolean largest, int from, int n, long x, float bound) {
        for (int i = from; i < n; i++) {
            float v = Mem.f32(x + i * 4L);
            if (largest ? !(v <= bound) : !(v >= bound)) {
                return i;
            }
        }
        return n;
    }

    public static void run(boolean largest, Strided x, Strided values, Strided indices) {
        if (values.count() == 0) {
            return;
        }
        Lines lines = new Lines(x.rank() - 1, x, values, indices);
        int k = Math.toIntExact(values.sizes()[x.rank() - 1]);
        lines.each(4, (from, to) -> {
            Line line = new Line(largest, k, x.type(), Math.toIntExact(lines.length), lines.steps[0]);
            for (long i = from; i < to; i++) {
                line.select(lines.starts.address(0, i));
                line.write(lines.starts.address(1, i), lines.steps[1], lines.starts.address(2, i), lines.steps[2]);
            }
        });
    }

    /** One line at a time: its best elements so far, as keys above places. */
    private static final class Line {
        private final boolean largest;
        private final int k;
        private final Element type;
        private final int n;
        private final long step;
        private final long[] best;
        private int size;
        private long x;

        Line(boolean largest, int k, Element type, int n, long step) {
            this.largest = largest;
            this.k = k;
            this.type = type;
            this.n = n;
            this.step = step;
            this.best = new long[k <= FEW ? k : (int) Math.min(n, 2L * k)];
        }

        private long key(int i) {
            long key = Sorting.key(type, x + i * step);
            return (largest ? ~key : key) << 32 | i;
        }

        void select(long line) {
            x = line;
            size = 0;
            int i = 0;
            for (; i < best.length; i++) {
                put(key(i));
            }
            boolean floats = type == Element.F32 && step == 4;
            while (i < n) {
                long bound = best[k - 1];
                i = floats ? SEARCH.beyond(largest, i, n, x, Mem.f32(x + (int) bound * 4L)) : i;
                if (i < n) {
                    long key = key(i++);
                    if (key < bound) {
                        put(key);
                    }
                }
            }
            if (k > FEW) {
                shrink();
            }
        }

        private void put(long key) {
            if (k > FEW) {
                best[size++] = key;
                if (size == best.length) {
                    shrink();
                }
                return;
            }
            int at = size < k ? size++ : k - 1;
            for (; at > 0 && best[at - 1] > key; at--) {
                best[at] = best[at - 1];
            }
            best[at] = key;
        }

        /** Keeps the k best, in order. */
        private void shrink() {
            Arrays.sort(best, 0, size);
            size = k;
        }

        void write(long value, long valueStep, long index, long indexStep) {
            Element bits = type.bits();
            for (int i = 0; i < k; i++) {
                int from = (int) best[i];
                bits.move(x + from * step, value + i * valueStep);
                Mem.i64(index + i * indexStep, from);
            }
        }
    }
}
