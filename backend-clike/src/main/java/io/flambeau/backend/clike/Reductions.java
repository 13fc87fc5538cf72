package io.flambeau.backend.clike;

import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.spi.View;

/** Which of the ways of {@code reduce.cl} suits a reduction. */
final class Reductions {
    /** A row shorter than this is reduced by one work-item, however its elements lie. */
    private static final int SHORT = 32;
    /** The least elements of a chunk. */
    private static final int CHUNK = 4096;

    /** The most bytes of a chunk's part. */
    private static final int PART = 16;

    private Reductions() {}

    static void reduce(Station s, Reduce op, View x, View out) {
        Nest kept = Nest.without(op.axes(), x.shape(), x, out);
        if (out.shape().count() == 0) {
            return;
        }
        Nest along = Nest.without(~op.axes(), x.shape(), x).relative();
        along.whole(op);
        Kind kind = Kind.of(x.dtype());
        int name = 3 * op.kind().ordinal();
        long rows = kept.count();
        long row = along.count();
        boolean items = byItems(s, rows, row, along.stride(0, along.rank() - 1));
        do {
            Arguments a = Arguments.begin().buffer(memory(x)).buffer(memory(out));
            if (items) {
                s.launch(s.kernel(Bundle.REDUCE, kind, name), rows, along.to(kept.to(a)));
                continue;
            }
            long chunks = Math.clamp(row / CHUNK, 1, Math.max(1, 4L * s.info.units() / rows));
            synchronized (s) {
                Memory parts = s.scratch(rows * chunks * PART);
                a.buffer(parts).i64(chunks);
                s.groups(s.kernel(Bundle.REDUCE, kind, name + 1), rows * chunks, s.info.local(), along.to(kept.to(a)));
                if (chunks > 1) {
                    Arguments b =
                            Arguments.begin().buffer(parts).buffer(memory(out)).i64(chunks);
                    s.launch(s.kernel(Bundle.REDUCE, kind, name + 2), rows, kept.to(b));
                }
            }
        } while (kept.next());
    }

    /** Whether each row is better reduced by one work-item: there are many, and neighbours read neighbours. */
    private static boolean byItems(Station s, long rows, long row, long step) {
        return row < SHORT || rows >= (long) s.info.units() * s.info.local() && step != 1;
    }

    static void argReduce(Station s, ArgReduce op, View x, View out) {
        Nest kept = Nest.without(1L << op.axis(), x.shape(), x, out);
        if (out.shape().count() == 0) {
            return;
        }
        Kind kind = Kind.of(x.dtype());
        long row = x.shape().size(op.axis());
        long step = x.stride(op.axis());
        boolean items = byItems(s, kept.count(), row, step);
        int first = 3 * Reduce.Kind.values().length;
        Program.Kernel kernel = s.kernel(Bundle.REDUCE, kind, items ? first : first + 1);
        do {
            Arguments a = Arguments.begin()
                    .buffer(memory(x))
                    .buffer(memory(out))
                    .i32(op.max() ? 1 : 0)
                    .i64(row)
                    .i64(step);
            if (items) {
                s.launch(kernel, kept.count(), kept.to(a));
            } else {
                s.groups(kernel, kept.count(), s.info.local(), kept.to(a));
            }
        } while (kept.next());
    }

    private static Memory memory(View view) {
        return (Memory) view.storage().slab().handle();
    }
}
