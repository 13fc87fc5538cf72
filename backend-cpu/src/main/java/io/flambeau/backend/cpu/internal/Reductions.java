package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Reduce;
import java.lang.foreign.Arena;

/**
 * Reductions over any axes of any layout: run after run of neighbouring axes, the innermost first, each by rows or by
 * columns; see Note [The tree of a reduction].
 */
public final class Reductions {
    /** Blocks of a row that one part takes, and blocks of rows of a column reduction: powers of two. */
    private static final int BLOCKS_PER_PART = 64;

    private static final int COLUMN_BLOCKS_PER_PART = 4;

    private static final int COLUMNS = 1024;

    private Reductions() {}

    public static void run(Reduce op, Strided x, Strided out) {
        switch (op.kind()) {
            case ANY, ALL -> Logic.run(op, x, out);
            default -> {
                if (x.type().isComplex()) {
                    ComplexReductions.run(op, x, out);
                } else {
                    real(op, x, out);
                }
            }
        }
    }

    private static void real(Reduce op, Strided x, Strided out) {
        Element computing = x.type().computing();
        Fold fold = Fold.of(op.kind(), computing);
        if (x.count() == 0 || op.axes() == 0) {
            if (op.axes() != 0 && out.count() != 0) {
                long one = Scratch.get(Scratch.FUSED, 64);
                Mem.i64(one, Fold.identity(op.kind(), computing));
                Copying.run(Strided.everywhere(one, computing, out.sizes()), out);
            } else {
                Copying.run(x, out);
            }
            return;
        }
        reduce(fold, op, x, out);
    }

    /** One step: the innermost run of reduced axes; the rest follows on a temporary result. */
    private static void reduce(Fold fold, Reduce op, Strided x, Strided out) {
        long[] sizes = x.sizes().clone();
        int last = -1;
        for (int axis = sizes.length - 1; axis >= 0 && last < 0; axis--) {
            if (op.reduces(axis) && sizes[axis] > 1) {
                last = axis;
            }
        }
        if (last < 0) {
            Copying.run(x, out);
            return;
        }
        int first = last;
        for (int axis = last; axis >= 0 && (op.reduces(axis) || sizes[axis] == 1); axis--) {
            first = axis;
        }
        boolean more = false;
        for (int axis = 0; axis < sizes.length; axis++) {
            more |= axis < first && op.reduces(axis) && sizes[axis] > 1;
            sizes[axis] = axis >= first && axis <= last ? 1 : sizes[axis];
        }
        if (!more) {
            Step step = new Step(fold, x, first, last, out);
            step.run();
            return;
        }
        try (Arena arena = Arena.ofShared()) {
            Strided partial = Strided.dense(0, fold.type, sizes);
            long bytes = partial.count() * fold.type.bytes;
            partial = Strided.dense(arena.allocate(bytes, 64).address(), fold.type, sizes);
            new Step(fold, x, first, last, partial).run();
            reduce(fold, op, partial, out);
        }
    }

    /** The reduction of axes first to last of x, neighbours but for axes of size 1. */
    private static final class Step {
        private final Fold fold;
        private final Nest outer;
        private final Nest run;
        private final Nest inner;
        private final Element stored;
        private final Element target;
        private final Move load;
        private final Move store;
        private final int outs;

        Step(Fold fold, Strided x, int first, int last, Strided out) {
            this.fold = fold;
            stored = x.type();
            target = out.type();
            load = Move.of(stored, fold.type);
            store = Move.of(fold.type, target);
            outer = new Nest(false, x.axes(0, first), out.axes(0, first));
            run = new Nest(false, x.axes(first, last + 1));
            inner = new Nest(false, x.axes(last + 1, x.rank()), out.axes(last + 1, x.rank()));
            outs = fold.type.bytes;
        }

        void run() {
            if (inner.count == 1) {
                rows();
            } else {
                columns();
            }
        }

        private long offset(Nest nest, int view, long index) {
            return nest.address(view, index) - nest.addresses[view];
        }

        private void rows() {
            long n = run.count;
            long length = (long) Fold.BLOCK * BLOCKS_PER_PART;
            long parts = (n + length - 1) / length;
            if (parts == 1) {
                boolean blocks = isDirect() && n <= Fold.BLOCK;
                Workers.ranges(outer.count, 1, Math.max(1, Workers.GRAIN / n), (from, to) -> {
                    if (blocks) {
                        blocks((int) n, from, to);
                    } else {
                        lines(n, from, to);
                    }
                });
                return;
            }
            long[] partial = new long[Math.toIntExact(outer.count * parts)];
            Workers.run(partial.length, part -> {
                long at = part % parts * length;
                partial[part] = row(outer.address(0, part / parts), at, Math.min(length, n - at));
            });
            long value = Scratch.get(Scratch.REDUCE, 64);
            for (int o = 0; o < outer.count; o++) {
                long bits = fold.tree((int) (o * parts), (int) parts, i -> partial[i]);
                finish(bits, outer.address(1, o), value);
            }
        }

        /** Rows that are one block each. */
        private void blocks(int n, long from, long to) {
            long value = Scratch.get(Scratch.REDUCE, 64);
            long lanes = Fold.lanes();
            for (long o = from; o < to; ) {
                long x = outer.address(0, o);
                long y = outer.address(1, o);
                long end = o + Math.min(to - o, outer.inner() - o % outer.inner());
                for (; o < end; o++) {
                    finish(fold.block(n, x, lanes), y, value);
                    x += outer.step(0);
                    y += outer.step(1);
                }
            }
        }

        private void lines(long n, long from, long to) {
            long value = Scratch.get(Scratch.REDUCE, 64);
            for (long o = from; o < to; o++) {
                finish(row(outer.address(0, o), 0, n), outer.address(1, o), value);
            }
        }

        /** Whether rows are adjacent numbers of the computing type. */
        private boolean isDirect() {
            return run.rank == 1 && run.step(0) == outs && stored == fold.type;
        }

        private void finish(long bits, long to, long value) {
            if (target == Element.F32 && fold.type == Element.F32) {
                Mem.i32(to, (int) bits);
                return;
            }
            if (fold.type == Element.F32) {
                Mem.i32(value, (int) bits);
            } else {
                Mem.i64(value, bits);
            }
            store.run(1, value, outs, to, target.bytes);
        }

        /** The raw bits of elements {@code from} to {@code from + n - 1} of the run at this address. */
        private long row(long x, long from, long n) {
            if (isDirect()) {
                return fold.row(n, x + from * outs);
            }
            long shift = x - run.addresses[0];
            long buffer = Scratch.get(Scratch.STAGE, Fold.BLOCK * 8L);
            if (n <= Fold.BLOCK) {
                stage(shift, from, (int) n, buffer);
                return fold.block((int) n, buffer);
            }
            long left = Fold.left(n);
            return fold.join(row(x, from, left), row(x, from + left, n - left));
        }

        private void stage(long shift, long from, int n, long buffer) {
            for (int done = 0; done < n; ) {
                long at = from + done;
                int part = (int) Math.min(n - done, run.inner() - at % run.inner());
                load.run(part, run.address(0, at) + shift, run.step(0), buffer + (long) done * outs, outs);
                done += part;
            }
        }

        private void columns() {
            long rows = run.count;
            long chunks = (inner.count + COLUMNS - 1) / COLUMNS;
            long length = (long) Fold.ROWS * COLUMN_BLOCKS_PER_PART;
            long parts = (rows + length - 1) / length;
            long work = rows * Math.min(inner.count, COLUMNS);
            if (parts == 1) {
                Workers.ranges(outer.count * chunks, 1, Math.max(1, Workers.GRAIN / work), (from, to) -> {
                    for (long c = from; c < to; c++) {
                        long at = c % chunks * COLUMNS;
                        int n = (int) Math.min(COLUMNS, inner.count - at);
                        ColumnPairs pairs = new ColumnPairs(fold, n, levels(rows), Scratch.REDUCE);
                        sweep(pairs, c / chunks, at, n, 0, rows);
                        scatter(pairs.result(), c / chunks, at, n);
                    }
                });
                return;
            }
            long slot = (long) COLUMNS * outs;
            long partial = Scratch.get(Scratch.SHARED, outer.count * chunks * parts * slot);
            Workers.run(Math.toIntExact(outer.count * chunks * parts), part -> {
                long c = part / parts;
                long at = c % chunks * COLUMNS;
                int n = (int) Math.min(COLUMNS, inner.count - at);
                long first = part % parts * length;
                ColumnPairs pairs = new ColumnPairs(fold, n, levels(length), Scratch.REDUCE);
                sweep(pairs, c / chunks, at, n, first, Math.min(rows, first + length));
                Mem.copy(pairs.result(), partial + part * slot, (long) n * outs);
            });
            for (long c = 0; c < outer.count * chunks; c++) {
                long at = c % chunks * COLUMNS;
                int n = (int) Math.min(COLUMNS, inner.count - at);
                ColumnPairs pairs = new ColumnPairs(fold, n, 40, Scratch.REDUCE);
                for (long p = 0; p < parts; p++) {
                    Mem.copy(partial + (c * parts + p) * slot, pairs.next(), (long) n * outs);
                    pairs.add();
                }
                scatter(pairs.result(), c / chunks, at, n);
            }
        }

        private static int levels(long rows) {
            return 66 - Long.numberOfLeadingZeros(rows / Fold.ROWS + 1);
        }

        private void sweep(ColumnPairs pairs, long o, long at, int n, long from, long to) {
            long base = outer.address(0, o) - run.addresses[0];
            long shift = base - inner.addresses[0] + run.addresses[0];
            boolean direct = stored == fold.type && inner.step(0) == outs && at % inner.inner() + n <= inner.inner();
            long buffer = Scratch.get(Scratch.STAGE, COLUMNS * 8L);
            for (long block = from; block < to; block += Fold.ROWS) {
                long sum = pairs.next();
                int rows = (int) Math.min(Fold.ROWS, to - block);
                if (direct && run.rank == 1) {
                    long first = inner.address(0, at) + offset(run, 0, block) + shift;
                    fold.columns(n, rows, first, run.step(0), sum);
                } else {
                    stageColumns(offset(run, 0, block) + shift, at, n, sum);
                    for (int r = 1; r < rows; r++) {
                        long row = offset(run, 0, block + r) + shift;
                        long x = direct ? inner.address(0, at) + row : buffer;
                        if (!direct) {
                            stageColumns(row, at, n, buffer);
                        }
                        fold.join(n, x, sum);
                    }
                }
                pairs.add();
            }
        }

        private void stageColumns(long shift, long at, int n, long buffer) {
            for (int done = 0; done < n; ) {
                long i = at + done;
                int part = (int) Math.min(n - done, inner.inner() - i % inner.inner());
                load.run(part, inner.address(0, i) + shift, inner.step(0), buffer + (long) done * outs, outs);
                done += part;
            }
        }

        private void scatter(long from, long o, long at, int n) {
            long shift = outer.address(1, o) - inner.addresses[1];
            for (int done = 0; done < n; ) {
                long i = at + done;
                int part = (int) Math.min(n - done, inner.inner() - i % inner.inner());
                store.run(part, from + (long) done * outs, outs, inner.address(1, i) + shift, inner.step(1));
                done += part;
            }
        }
    }

    /** Rows of numbers that meet in pairs, then pairs of pairs, as they come; in the thread's working memory. */
    private static final class ColumnPairs {
        private final Fold fold;
        private final int n;
        private final long memory;
        private final long slot;
        private long count;

        ColumnPairs(Fold fold, int n, int levels, int scratch) {
            this.fold = fold;
            this.n = n;
            this.slot = ((long) n * fold.type.bytes + 127) / 64 * 64;
            this.memory = Scratch.get(scratch, (levels + 1) * slot);
        }

        /** Where the next row belongs: every other one stays there. */
        long next() {
            return (count & 1) == 0 ? level(0) : memory;
        }

        private long level(int level) {
            return memory + (level + 1) * slot;
        }

        void add() {
            int level = 0;
            for (; (count >>> level & 1) != 0; level++) {
                fold.join(n, level(level), memory);
            }
            if (level > 0) {
                Mem.copy(memory, level(level), slot);
            }
            count++;
        }

        long result() {
            long value = 0;
            for (int level = 0; count >>> level != 0; level++) {
                if ((count >>> level & 1) != 0) {
                    if (value != 0) {
                        fold.join(n, level(level), value);
                    } else {
                        value = level(level);
                    }
                }
            }
            return value;
        }
    }
}
