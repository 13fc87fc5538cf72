package io.flambeau.backend.cpu.internal.host;

import static io.flambeau.backend.cpu.internal.Octets.BYTES;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Octets;

/**
 * Triangular factors of eight matrices at once, and solutions by them: the definition's loops over octets (Golub and Van
 * Loan, sections 3.1, 3.4 and 4.2).
 */
final class EightFactors {
    private static final Octets OCTETS = Octets.of();

    private EightFactors() {}

    /**
     * Replaces the lower triangles by L with A = L transpose(L), the others by zeros. False if one of the first
     * {@code count} has a pivot that is not positive.
     *
     * @param column room for n + 1 octets
     */
    static boolean cholesky(Eight a, int count, long column) {
        int n = a.n();
        long root = column + (long) BYTES * n;
        for (int k = 0; k < n; k++) {
            for (int lane = 0; lane < Octets.LANES; lane++) {
                double d = a.get(k, k, lane);
                if (lane < count && !(d > 0)) {
                    return false;
                }
                Mem.f64(root + 8L * lane, Math.sqrt(d));
            }
            Mem.copy(root, a.at(k, k), BYTES);
            OCTETS.divide(n - k - 1, root, a.at(k + 1, k), a.row());
            for (int i = k + 1; i < n; i++) {
                Mem.copy(a.at(i, k), column + (long) BYTES * i, BYTES);
                OCTETS.less(i - k, a.at(i, k), column + BYTES * (k + 1L), a.at(i, k + 1));
                a.zero(k, i);
            }
        }
        return true;
    }

    /**
     * Replaces A [m, n] by both factors of P A = L U. False if one of the first {@code count} has a zero pivot.
     *
     * @param pivots for each of them, {@code pitch} bytes apart, with which row each was exchanged, from 1, as I32
     */
    static boolean lu(Eight a, int count, long pivots, long pitch) {
        int m = a.m();
        int n = a.n();
        for (int k = 0; k < Math.min(m, n); k++) {
            for (int lane = 0; lane < count; lane++) {
                int p = largest(a, k, lane);
                Mem.i32(pivots + lane * pitch + 4L * k, p + 1);
                if (a.get(p, k, lane) == 0) {
                    return false;
                }
                a.swapRows(k, p, lane);
            }
            OCTETS.divide(m - k - 1, a.at(k, k), a.at(k + 1, k), a.row());
            for (int i = k + 1; i < m; i++) {
                OCTETS.less(n - k - 1, a.at(i, k), a.at(k, k + 1), a.at(i, k + 1));
            }
        }
        return true;
    }

    /** The row of the first largest element of column k from row k on; NaN is the largest. */
    private static int largest(Eight a, int k, int lane) {
        int best = k;
        double size = Math.abs(a.get(k, k, lane));
        for (int i = k + 1; i < a.m() && size == size; i++) {
            double x = Math.abs(a.get(i, k, lane));
            if (!(x <= size)) {
                size = x;
                best = i;
            }
        }
        return best;
    }

    /** Exchanges the rows of B as those of A were. */
    static void exchange(Eight b, int count, long pivots, long pitch) {
        for (int lane = 0; lane < count; lane++) {
            for (int i = 0; i < b.m(); i++) {
                b.swapRows(i, Mem.i32(pivots + lane * pitch + 4L * i) - 1, lane);
            }
        }
    }

    /** Replaces B by the X with A X = B for the lower or upper triangles of A. */
    static void solve(Eight a, boolean upper, boolean unit, Eight b) {
        int n = a.n();
        int r = b.n();
        for (int step = 0; step < n; step++) {
            int i = upper ? n - 1 - step : step;
            for (int k = upper ? i + 1 : 0; k < (upper ? n : i); k++) {
                OCTETS.less(r, a.at(i, k), b.at(k, 0), b.at(i, 0));
            }
            if (!unit) {
                OCTETS.divide(r, a.at(i, i), b.at(i, 0), BYTES);
            }
        }
    }
}
