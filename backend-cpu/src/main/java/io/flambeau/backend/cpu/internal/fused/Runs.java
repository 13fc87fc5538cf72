package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Move;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of floats to copy from one plane to another, the same for every plane: offsets in bytes, and how many elements.
 * Short rows that are not adjacent on both sides are copied element by element, in one loop for all of them.
 */
record Runs(long[] from, long[] to, int[] n, boolean single, long fromStep, long toStep) {
    private static final Move MOVE = Move.of(Element.F32, Element.F32);
    private static final int SHORT = 16;

    /** Collects rows. */
    static final class Builder {
        private final List<long[]> rows = new ArrayList<>();
        private long longest;

        /** A row of {@code n} elements between two elements. */
        void add(long from, long to, long n) {
            rows.add(new long[] {from, to, n});
            longest = Math.max(longest, n);
        }

        /** The rows, whose elements lie so many elements apart. */
        Runs build(int fromStep, int toStep) {
            boolean adjacent = fromStep == 1 && toStep == 1;
            boolean single = longest < (adjacent ? 4 : SHORT);
            int count = single ? rows.stream().mapToInt(row -> (int) row[2]).sum() : rows.size();
            long[] from = new long[count];
            long[] to = new long[count];
            int[] n = new int[count];
            int at = 0;
            for (long[] row : rows) {
                for (int i = 0; i < (single ? row[2] : 1); i++) {
                    from[at] = 4 * (row[0] + (long) i * fromStep);
                    to[at] = 4 * (row[1] + (long) i * toStep);
                    n[at++] = single ? 1 : (int) row[2];
                }
            }
            return new Runs(from, to, n, single, fromStep * 4L, toStep * 4L);
        }
    }

    /** Copies between the planes at these addresses. */
    void copy(long source, long target) {
        if (single) {
            for (int i = 0; i < from.length; i++) {
                Mem.i32(target + to[i], Mem.i32(source + from[i]));
            }
            return;
        }
        for (int i = 0; i < from.length; i++) {
            MOVE.run(n[i], source + from[i], fromStep, target + to[i], toStep);
        }
    }
}
