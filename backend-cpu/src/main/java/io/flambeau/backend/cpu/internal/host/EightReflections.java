package io.flambeau.backend.cpu.internal.host;

import static io.flambeau.backend.cpu.internal.Octets.BYTES;
import static io.flambeau.backend.cpu.internal.Octets.LANES;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Octets;

/**
 * A = Q R of eight matrices at once by Householder reflections (Golub and Van Loan, section 5.2; LAPACK's geqr2 and
 * org2r, whose signs these are).
 *
 * @param a becomes R on and above the diagonal, the reflections below it
 * @param work room for {@link #work} octets
 */
record EightReflections(Eight a, long work) {
    private static final Octets OCTETS = Octets.of();

    static long work(int m, int n, int columns) {
        return Math.min(m, n) + Math.max(n, columns) + 2;
    }

    private int k() {
        return Math.min(a.m(), a.n());
    }

    private long tau(int k) {
        return work + (long) BYTES * k;
    }

    private long divisor() {
        return tau(k());
    }

    private long sums() {
        return tau(k() + 1);
    }

    /** False if a number of the first {@code count} is too large, too small or undefined to be squared. */
    boolean factor(int count) {
        for (int k = 0; k < k(); k++) {
            if (!make(k, count)) {
                return false;
            }
            OCTETS.divide(a.m() - k - 1, divisor(), a.at(k + 1, k), a.row());
            if (k + 1 < a.n()) {
                apply(k, a, k + 1);
            }
        }
        return true;
    }

    private boolean make(int k, int count) {
        long squares = sums();
        Mem.zero(squares, BYTES);
        for (int i = k + 1; i < a.m(); i++) {
            OCTETS.add(1, a.at(i, k), a.at(i, k), squares);
        }
        for (int lane = 0; lane < LANES; lane++) {
            double rest = Mem.f64(squares + 8L * lane);
            double alpha = a.get(k, k, lane);
            double whole = rest + alpha * alpha;
            if (lane < count && (!(whole < 1e280) || rest < 1e-280 && below(k, lane))) {
                return false;
            }
            double beta = rest == 0 ? alpha : -Math.copySign(Math.sqrt(whole), alpha);
            Mem.f64(tau(k) + 8L * lane, rest == 0 ? 0 : (beta - alpha) / beta);
            Mem.f64(divisor() + 8L * lane, rest == 0 ? 1 : alpha - beta);
            a.set(k, k, lane, beta);
        }
        return true;
    }

    /** Whether something stands below the diagonal. */
    private boolean below(int k, int lane) {
        for (int i = k + 1; i < a.m(); i++) {
            if (a.get(i, k, lane) != 0) {
                return true;
            }
        }
        return false;
    }

    /** C -= tau v (transpose(v) C) for the columns of C from one on. */
    private void apply(int k, Eight c, int from) {
        int columns = c.n() - from;
        Mem.copy(c.at(k, from), sums(), (long) BYTES * columns);
        for (int i = k + 1; i < a.m(); i++) {
            OCTETS.add(columns, a.at(i, k), c.at(i, from), sums());
        }
        OCTETS.multiply(columns, tau(k), sums());
        for (long at = 0; at < (long) BYTES * columns; at += 8) {
            long x = c.at(k, from) + at;
            Mem.f64(x, Mem.f64(x) - Mem.f64(sums() + at));
        }
        for (int i = k + 1; i < a.m(); i++) {
            OCTETS.less(columns, a.at(i, k), sums(), c.at(i, from));
        }
    }

    /** Writes the first columns of Q. */
    void q(Eight q) {
        Mem.zero(q.address(), (long) BYTES * q.m() * q.n());
        for (int i = 0; i < Math.min(q.m(), q.n()); i++) {
            for (int lane = 0; lane < LANES; lane++) {
                q.set(i, i, lane, 1);
            }
        }
        for (int k = k() - 1; k >= 0; k--) {
            apply(k, q, k);
        }
    }

    /** Leaves R alone. */
    void clear() {
        for (int i = 1; i < a.m(); i++) {
            Mem.zero(a.at(i, 0), (long) BYTES * Math.min(i, a.n()));
        }
    }
}
