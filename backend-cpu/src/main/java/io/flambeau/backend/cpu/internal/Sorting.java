package io.flambeau.backend.cpu.internal;

import java.util.Arrays;

/** Stable sorts along the last axis, by integer keys in the order of the elements; NaN is the greatest. */
public final class Sorting {
    private Sorting() {}

    public static void run(boolean descending, Strided x, Strided values, Strided indices) {
        if (x.count() == 0) {
            return;
        }
        Lines lines = new Lines(x.rank() - 1, x, values, indices);
        int n = Math.toIntExact(lines.length);
        Element type = x.type();
        boolean narrow = type.bytes <= 4;
        lines.each(20, (from, to) -> {
            long[] keys = new long[n];
            int[] order = new int[n];
            for (long line = from; line < to; line++) {
                long at = lines.starts.address(0, line);
                for (int i = 0; i < n; i++) {
                    long key = key(type, at + i * lines.steps[0]);
                    keys[i] = descending ? ~key : key;
                }
                if (narrow) {
                    sortNarrow(keys, order);
                } else {
                    sortWide(keys, order);
                }
                write(lines, type, line, order);
            }
        });
    }

    private static void write(Lines lines, Element type, long line, int[] order) {
        long x = lines.starts.address(0, line);
        long value = lines.starts.address(1, line);
        long index = lines.starts.address(2, line);
        Move move = Move.of(type, type);
        for (int i = 0; i < order.length; i++) {
            move.run(1, x + order[i] * lines.steps[0], 0, value + i * lines.steps[1], 0);
            Mem.i64(index + i * lines.steps[2], order[i]);
        }
    }

    /** An integer that orders as the element does; 32 bits of it for types of at most four bytes. */
    static long key(Element type, long a) {
        if (type.isInteger()) {
            return type.i64(a);
        }
        if (type == Element.F64) {
            double v = Mem.f64(a);
            long bits = Double.doubleToLongBits(v == 0 ? 0.0 : v);
            return bits ^ bits >> 63 & Long.MAX_VALUE;
        }
        float v = type.f32(a);
        int bits = Float.floatToIntBits(v == 0 ? 0f : v);
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    /** Keys of 32 bits are sorted together with their places, which makes them different and the sort stable. */
    private static void sortNarrow(long[] keys, int[] order) {
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keys[i] << 32 | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            order[i] = (int) keys[i];
        }
    }

    /** A merge sort of places by keys, from runs of one upwards. */
    private static void sortWide(long[] keys, int[] order) {
        int n = keys.length;
        int[] from = new int[n];
        int[] to = order;
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        for (int width = 1; width < n; width *= 2) {
            for (int low = 0; low < n; low += 2 * width) {
                merge(keys, from, to, low, Math.min(n, low + width), Math.min(n, low + 2 * width));
            }
            int[] t = from;
            from = to;
            to = t;
        }
        if (from != order) {
            System.arraycopy(from, 0, order, 0, n);
        }
    }

    private static void merge(long[] keys, int[] from, int[] to, int low, int middle, int high) {
        int i = low;
        int j = middle;
        for (int k = low; k < high; k++) {
            boolean left = j >= high || i < middle && keys[from[i]] <= keys[from[j]];
            to[k] = left ? from[i++] : from[j++];
        }
    }
}
