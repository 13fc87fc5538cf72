package io.flambeau.backend.clike;

import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.spi.View;

/** Launches of {@code rows.cl}: scans, scatters and sorts. */
final class Rows {
    private static final int SCATTER = 4;
    private static final int SORT = 9;

    private Rows() {}

    static void scan(Station s, Scan op, View x, View[] outs) {
        if (x.shape().count() == 0) {
            return;
        }
        int axis = op.axis();
        boolean indexed = outs.length > 1;
        Nest rows = indexed
                ? Nest.without(1L << axis, x.shape(), x, outs[0], outs[1])
                : Nest.without(1L << axis, x.shape(), x, outs[0]);
        Program.Kernel kernel =
                s.kernel(Bundle.ROWS, Kind.of(x.dtype()), op.kind().ordinal());
        do {
            Arguments a = Arguments.begin().buffer(memory(x)).buffer(memory(outs[0]));
            if (indexed) {
                a.buffer(memory(outs[1]));
            }
            a.i64(x.shape().size(axis)).i64(x.stride(axis)).i64(outs[0].stride(axis));
            if (indexed) {
                a.i64(outs[1].stride(axis));
            }
            s.launch(kernel, rows.count(), rows.to(a));
        } while (rows.next());
    }

    static void scatter(Station s, Scatter op, View index, View source, View out) {
        if (index.shape().count() == 0) {
            return;
        }
        int axis = op.axis();
        long size = out.shape().size(axis);
        Nest rows = Nest.without(1L << axis, index.shape(), index, source, out);
        Program.Kernel kernel =
                s.kernel(Bundle.ROWS, Kind.of(out.dtype()), SCATTER + op.kind().ordinal());
        do {
            Arguments a = Arguments.begin()
                    .buffer(memory(index))
                    .buffer(memory(source))
                    .buffer(memory(out))
                    .i64(index.shape().size(axis))
                    .i64(index.stride(axis))
                    .i64(source.stride(axis))
                    .i64(out.stride(axis))
                    .i64(size);
            s.launch(kernel, rows.count(), s.failing(rows.to(a), value -> {
                throw Laws.outside(op.title(), value, size);
            }));
        } while (rows.next());
    }

    /** See Note [Sorting by merging] of {@code rows.cl}. */
    static void sort(Station s, boolean descending, View x, View values, View indices) {
        long count = x.shape().count();
        if (count == 0) {
            return;
        }
        int last = x.shape().rank() - 1;
        long n = last < 0 ? 1 : x.shape().size(last);
        long skipped = last < 0 ? 0 : 1L << last;
        Nest rows = Nest.without(skipped, x.shape(), x, values, indices);
        long here = rows.count() * n;
        long step = last < 0 ? 0 : x.stride(last);
        Kind kind = Kind.of(x.dtype());
        synchronized (s) {
            do {
                Memory scratch = s.scratch(16 * here);
                s.launch(
                        s.kernel(Bundle.ROWS, kind, SORT),
                        here,
                        Arguments.begin().buffer(scratch).i64(0).i64(n).i64(here));
                long from = 0;
                for (long run = 1; run < n; run *= 2, from = here - from) {
                    Arguments a = Arguments.begin()
                            .buffer(memory(x))
                            .buffer(scratch)
                            .i64(from)
                            .i64(here - from)
                            .i64(n)
                            .i64(step)
                            .i64(run)
                            .i32(descending ? 1 : 0);
                    s.launch(s.kernel(Bundle.ROWS, kind, SORT + 1), here, rows.to(a));
                }
                Arguments a = Arguments.begin()
                        .buffer(memory(x))
                        .buffer(scratch)
                        .buffer(memory(values))
                        .buffer(memory(indices))
                        .i64(from)
                        .i64(n)
                        .i64(step)
                        .i64(last < 0 ? 0 : values.stride(last))
                        .i64(last < 0 ? 0 : indices.stride(last));
                s.launch(s.kernel(Bundle.ROWS, kind, SORT + 2), here, rows.to(a));
            } while (rows.next());
        }
    }

    private static Memory memory(View view) {
        return (Memory) view.storage().slab().handle();
    }
}
