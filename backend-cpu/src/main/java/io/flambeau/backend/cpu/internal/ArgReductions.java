package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.ArgReduce;

/** The index of the first greatest or smallest element along an axis; the first NaN wins. */
public final class ArgReductions {
    private static final int CHUNK = 1024;

    private ArgReductions() {}

    public static void run(ArgReduce op, Strided x, Strided out) {
        Lines lines = new Lines(op.axis(), x, out);
        Element computing = x.type().computing();
        Move load = Move.of(x.type(), computing);
        lines.each(2, (from, to) -> {
            for (long i = from; i < to; i++) {
                long at = lines.starts.address(0, i);
                Search search = new Search(op.max());
                line(search, load, computing, lines.length, at, lines.steps[0], x.type() == computing);
                Mem.i64(lines.starts.address(1, i), search.index);
            }
        });
    }

    private static void line(Search search, Move load, Element type, long n, long at, long step, boolean direct) {
        long buffer = Scratch.get(Scratch.STAGE, CHUNK * 8L);
        for (long from = 0; from < n; from += CHUNK) {
            int count = (int) Math.min(CHUNK, n - from);
            long x = at + from * step;
            if (!direct || step != type.bytes) {
                load.run(count, x, step, buffer, type.bytes);
                x = buffer;
            }
            switch (type) {
                case F32 -> search.floats(count, x, from);
                case F64 -> search.doubles(count, x, from);
                default -> search.longs(count, x, from);
            }
        }
    }

    /** The best element so far. */
    private static final class Search {
        private final boolean max;
        private double real;
        private long integer;
        private long index = -1;

        Search(boolean max) {
            this.max = max;
        }

        void floats(int n, long x, long from) {
            float best = (float) real;
            for (int i = 0; i < n; i++) {
                float v = Mem.f32(x + i * 4L);
                if (index < 0 || best == best && (max ? !(v <= best) : !(v >= best))) {
                    best = v;
                    index = from + i;
                }
            }
            real = best;
        }

        void doubles(int n, long x, long from) {
            double best = real;
            for (int i = 0; i < n; i++) {
                double v = Mem.f64(x + i * 8L);
                if (index < 0 || best == best && (max ? !(v <= best) : !(v >= best))) {
                    best = v;
                    index = from + i;
                }
            }
            real = best;
        }

        void longs(int n, long x, long from) {
            long best = integer;
            for (int i = 0; i < n; i++) {
                long v = Mem.i64(x + i * 8L);
                if (index < 0 || (max ? v > best : v < best)) {
                    best = v;
                    index = from + i;
                }
            }
            integer = best;
        }
    }
}
