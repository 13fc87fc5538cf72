package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;

/** Copies, conversions and fills between views of any layout. */
public final class Copying {
    private static final int TILE = 64;

    /** Bytes of rows that are copied many at a time. */
    private static final int LONGEST = 4096;

    private Copying() {}

    /** Copies x to out, converting between their dtypes. */
    public static void run(Strided x, Strided out) {
        Element from = x.type();
        Element to = out.type();
        Move move = Move.of(from, to);
        long count = out.count();
        if (x.isDense() && out.isDense()) {
            if (count <= Workers.GRAIN) {
                move.run((int) count, x.address(), from.bytes, out.address(), to.bytes);
            } else {
                adjacent(move, count, x.address(), from.bytes, out.address(), to.bytes);
            }
        } else if (count > 0) {
            Nest nest = new Nest(x, out);
            int across = across(nest, from.bytes);
            if (across >= 0 && nest.inner() > 8) {
                tiles(nest, move, across);
            } else {
                boolean adjacent = from == to && nest.step(0) == from.bytes && nest.step(1) == from.bytes;
                long bytes = adjacent ? nest.inner() * from.bytes : 0;
                int floats = bytes % 4 == 0 && bytes <= LONGEST ? (int) bytes / 4 : 0;
                Workers.ranges(count, 1, Workers.GRAIN, (a, b) -> rows(nest, move, floats, a, b));
            }
        }
    }

    private static void adjacent(Move move, long count, long from, int fromStep, long to, int toStep) {
        Workers.ranges(count, 64, Workers.GRAIN, (a, b) -> {
            for (long i = a; i < b; i += 4096) {
                move.run((int) Math.min(4096, b - i), from + i * fromStep, fromStep, to + i * toStep, toStep);
            }
        });
    }

    /** @param floats the length of a row that is copied as floats, or 0 */
    private static void rows(Nest nest, Move move, int floats, long from, long to) {
        int inner = (int) Math.min(nest.inner(), 1 << 20);
        int loop = nest.rank - 2;
        for (long at = from; at < to; ) {
            long x = nest.address(0, at);
            long y = nest.address(1, at);
            if (loop < 0 || nest.inner() != inner || at % inner != 0 || to - at < inner) {
                int n = (int) Math.min(Math.min(to - at, nest.inner() - at % nest.inner()), inner);
                move.run(n, x, nest.step(0), y, nest.step(1));
                at += n;
                continue;
            }
            // Whole rows up to the end of the loop around them, without looking each of them up.
            long rows = Math.min(nest.sizes[loop] - at / inner % nest.sizes[loop], (to - at) / inner);
            if (floats > 0) {
                Rows.of().copy((int) rows, x, nest.steps[0][loop], floats, y, nest.steps[1][loop]);
            }
            for (long r = 0; r < rows && floats == 0; r++) {
                move.run(inner, x + r * nest.steps[0][loop], nest.step(0), y + r * nest.steps[1][loop], nest.step(1));
            }
            at += rows * inner;
        }
    }

    /**
     * An outer loop along which the source is adjacent when the inner loop jumps, so that tiles save its cache lines.
     */
    private static int across(Nest nest, int bytes) {
        if (Math.abs(nest.step(0)) <= 4L * bytes) {
            return -1;
        }
        for (int k = nest.rank - 2; k >= 0; k--) {
            if (nest.steps[0][k] == bytes && nest.sizes[k] > 8) {
                return k;
            }
        }
        return -1;
    }

    private static void tiles(Nest nest, Move move, int across) {
        int last = nest.rank - 1;
        long wide = (nest.sizes[across] + TILE - 1) / TILE;
        long high = (nest.sizes[last] + TILE - 1) / TILE;
        long others = nest.count / nest.sizes[across] / nest.sizes[last];
        Workers.ranges(others * wide * high, 1, Math.max(1, Workers.GRAIN / (TILE * TILE)), (a, b) -> {
            for (long t = a; t < b; t++) {
                long from = nest.addresses[0];
                long to = nest.addresses[1];
                long rest = t / (wide * high);
                for (int k = last - 1; k >= 0; k--) {
                    if (k != across) {
                        from += rest % nest.sizes[k] * nest.steps[0][k];
                        to += rest % nest.sizes[k] * nest.steps[1][k];
                        rest /= nest.sizes[k];
                    }
                }
                tile(nest, move, across, t / high % wide * TILE, t % high * TILE, from, to);
            }
        });
    }

    private static void tile(Nest nest, Move move, int across, long i, long j, long from, long to) {
        int last = nest.rank - 1;
        int rows = (int) Math.min(TILE, nest.sizes[across] - i);
        int n = (int) Math.min(TILE, nest.sizes[last] - j);
        for (int r = 0; r < rows; r++) {
            long x = from + (i + r) * nest.steps[0][across] + j * nest.steps[0][last];
            long y = to + (i + r) * nest.steps[1][across] + j * nest.steps[1][last];
            move.run(n, x, nest.steps[0][last], y, nest.steps[1][last]);
        }
    }

    private static boolean isWhole(Scalar value) {
        return value.category() == DType.Category.BOOL || value.category() == DType.Category.INTEGRAL;
    }

    /** Writes a scalar as an element. */
    public static void put(Scalar value, Element type, long to) {
        if (type.isInteger() && isWhole(value)) {
            type.i64(to, value.integer());
        } else if (type.isComplex()) {
            type.c128(to, value.re(), value.im());
        } else {
            type.f64(to, value.re());
        }
    }

    /** Writes a scalar to every element. */
    public static void fill(Scalar value, Strided out) {
        Element type = out.type();
        long one = Scratch.get(Scratch.FUSED, 64);
        put(value, type, one);
        boolean zero = true;
        for (int i = 0; i < type.bytes; i++) {
            zero &= Mem.i8(one + i) == 0;
        }
        long count = out.count();
        if (zero && out.isDense()) {
            long to = out.address();
            Workers.ranges(count * type.bytes, 64, 16 * Workers.GRAIN, (a, b) -> Mem.zero(to + a, b - a));
            return;
        }
        if (count == 0) {
            return;
        }
        Nest nest = new Nest(out);
        Move move = Move.of(type, type);
        Workers.ranges(count, 64, 2 * Workers.GRAIN, (a, b) -> {
            long inner = nest.inner();
            for (long at = a; at < b; ) {
                int n = (int) Math.min(Math.min(b - at, inner - at % inner), 1 << 16);
                move.run(n, one, 0, nest.address(0, at), nest.step(0));
                at += n;
            }
        });
    }

    /** Writes start + i * step at the i-th element in row-major order. */
    public static void iota(Scalar start, Scalar step, Strided out) {
        Element type = out.type();
        long count = out.count();
        if (count == 0) {
            return;
        }
        Nest nest = new Nest(false, out);
        boolean whole = type.isInteger() && isWhole(start) && isWhole(step);
        Workers.ranges(count, 64, Workers.GRAIN / 4, (a, b) -> {
            for (long i = a; i < b; i++) {
                long to = nest.address(0, i);
                if (whole) {
                    type.i64(to, start.integer() + i * step.integer());
                } else if (type.isComplex()) {
                    type.c128(to, start.re() + i * step.re(), start.im() + i * step.im());
                } else {
                    type.f64(to, start.re() + i * step.re());
                }
            }
        });
    }
}
