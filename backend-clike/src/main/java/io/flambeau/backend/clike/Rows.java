package io.flambeau.backend.clike;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.index.SearchSorted;
import io.flambeau.tensor.op.math.LogCumSumExp;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code scan.cl} and {@code rows.cl}: scans, scatters, sorts and searches. */
final class Rows {
    private static final int SCATTER = 0;
    private static final int SORT = 5;
    private static final int SEARCH = 8;

    /** The place of the sum of exponentials behind the kinds of a scan. */
    private static final int LOG_SUM_EXP = 4;

    /** A row this short is scanned by one work-item. */
    private static final int SHORT = 64;

    private Rows() {}

    static void scan(Station s, Scan op, View x, View[] outs) {
        scan(s, op.kind().ordinal(), op.axis(), x, outs);
    }

    static Kernel logCumSumExp(LogCumSumExp op, Function<View, Station> at) {
        return (in, out) -> scan(at.apply(in[0]), LOG_SUM_EXP, op.axis(), in[0], out);
    }

    private static void scan(Station s, int kind, int axis, View x, View[] outs) {
        if (x.shape().count() == 0) {
            return;
        }
        View places = outs[outs.length - 1];
        boolean scalar = x.shape().rank() == 0;
        Nest rows = Nest.without(scalar ? 0 : 1L << axis, x.shape(), x, outs[0], places);
        long n = scalar ? 1 : x.shape().size(axis);
        boolean group = n > SHORT && rows.count() < (long) s.info.units() * s.info.local();
        Program.Kernel kernel = s.kernel(Bundle.SCAN, Kind.of(x.dtype()), 2 * kind + (group ? 1 : 0));
        do {
            Arguments a = Arguments.begin()
                    .buffer(memory(x))
                    .buffer(memory(outs[0]))
                    .buffer(memory(places))
                    .i64(n)
                    .i64(scalar ? 0 : x.stride(axis))
                    .i64(scalar ? 0 : outs[0].stride(axis))
                    .i64(scalar ? 0 : places.stride(axis));
            if (group) {
                s.groups(kernel, rows.count(), s.info.local(), rows.to(a));
            } else {
                s.launch(kernel, rows.count(), rows.to(a));
            }
        } while (rows.next());
    }

    /** Where sequences and values have one dtype. */
    static @Nullable Kernel searchSorted(SearchSorted op, Spec[] in, Function<View, Station> at) {
        long count = in[1].shape().count();
        if (in[0].dtype() != in[1].dtype() || in[0].shape().count() == 0 || count == 0) {
            return null;
        }
        long length = in[0].shape().size(-1);
        boolean shared = in[0].shape().rank() == 1 || in[1].shape().rank() == 0;
        return (from, out) -> {
            Station s = at.apply(out[0]);
            Arguments a = Fused.add(Fused.add(Fused.add(Arguments.begin(), from[0]), from[1]), out[0])
                    .i32(in[0].dtype().ordinal())
                    .i64(count)
                    .i64(length)
                    .i64(shared ? count : in[1].shape().size(-1))
                    .i32(op.right() ? 1 : 0);
            s.launch(s.kernel(Bundle.ROWS, Kind.of(in[0].dtype()), SEARCH), count, a);
        };
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
