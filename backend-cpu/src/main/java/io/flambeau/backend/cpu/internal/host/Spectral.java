package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;
import java.util.function.LongPredicate;

/** What eigenvalues and singular values share: working memory, matrices on the way in and out. */
final class Spectral {
    /** Below this order the definition is as fast. */
    static final int LEAST = 24;

    /** Bytes of working memory that a thread keeps. */
    private static final long KEPT = 8 << 20;

    private static final double SMALL = 1e-100;
    private static final double LARGE = 1e100;

    private Spectral() {}

    /** Runs with so many doubles of zeros. */
    static boolean with(long doubles, LongPredicate work) {
        long bytes = 8 * doubles;
        if (bytes <= KEPT) {
            long at = Scratch.get(Scratch.COLUMNS, bytes);
            Mem.zero(at, bytes);
            return work.test(at);
        }
        try (Arena arena = Arena.ofConfined()) {
            return work.test(arena.allocate(bytes, 64).address());
        }
    }

    static double read(View view, long i) {
        return view.dtype() == DType.F64 ? Mem.f64(view.address() + 8 * i) : Mem.f32(view.address() + 4 * i);
    }

    private static void write(View view, long i, double x) {
        if (view.dtype() == DType.F64) {
            Mem.f64(view.address() + 8 * i, x);
        } else {
            Mem.f32(view.address() + 4 * i, (float) x);
        }
    }

    /** Whether squares of so large numbers neither overflow nor vanish. */
    static boolean plain(double largest) {
        return largest == 0 || largest > SMALL && largest < LARGE;
    }

    static void values(double[] values, View to, int b) {
        for (int i = 0; i < values.length; i++) {
            write(to, (long) b * values.length + i, values[i]);
        }
    }

    /** Writes matrix b of [m, n]. */
    static void matrix(int m, int n, long from, int ld, View to, int b) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                write(to, ((long) b * m + i) * n + j, Mem.f64(from + 8 * ((long) i * ld + j)));
            }
        }
    }

    /** Writes the transpose of [n, m] as matrix b of [m, n]. */
    static void transposed(int m, int n, long from, int ld, View to, int b) {
        for (int top = 0; top < m; top += 8) {
            for (int j = 0; j < n; j++) {
                for (int i = top; i < Math.min(m, top + 8); i++) {
                    write(to, ((long) b * m + i) * n + j, Mem.f64(from + 8 * ((long) j * ld + i)));
                }
            }
        }
    }

    /** Writes the transpose of [m, n]; reversed, if asked, in both directions. */
    static void transpose(int m, int n, long from, int fromLd, long to, int toLd, boolean reversed) {
        for (int top = 0; top < m; top += 8) {
            for (int j = 0; j < n; j++) {
                for (int i = top; i < Math.min(m, top + 8); i++) {
                    int p = reversed ? m - 1 - i : i;
                    int q = reversed ? n - 1 - j : j;
                    Mem.f64(to + 8 * ((long) q * toLd + p), Mem.f64(from + 8 * ((long) i * fromLd + j)));
                }
            }
        }
    }
}
