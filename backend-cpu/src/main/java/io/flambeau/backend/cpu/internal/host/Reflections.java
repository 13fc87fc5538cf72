package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Mem;

/**
 * A = Q R of a matrix of doubles [m, n] by blocks of Householder reflections. The signs are those of the definition, which are LAPACK's.
 *
 * @param a the matrix, which becomes R on and above the diagonal and V below it
 * @param work {@link #work} doubles
 */
record Reflections(long a, int m, int n, long work) {
    /** Reflections in a block. */
    private static final int BLOCK = 32;

    /** How many doubles a factorisation and its Q of so many columns need beside the matrices. */
    static long work(int m, int n, int columns) {
        long wide = Math.max(n, columns);
        return (long) (Math.min(m, n) + BLOCK) * BLOCK + (long) m * BLOCK + 2 * BLOCK * wide + (long) BLOCK * BLOCK;
    }

    private int k() {
        return Math.min(m, n);
    }

    private long triangle(int block) {
        return work + 8L * block * BLOCK * BLOCK;
    }

    /** The vectors of a block, with ones on the diagonal and zeros above it. */
    private long vectors() {
        return triangle((k() + BLOCK - 1) / BLOCK);
    }

    private long products() {
        return vectors() + 8L * m * BLOCK;
    }

    private long at(int i, int j) {
        return a + 8L * ((long) i * n + j);
    }

    /** False, if a number is too large, too small or undefined to be squared. */
    boolean factor() {
        double[] taus = new double[BLOCK];
        for (int j = 0; j < k(); j += BLOCK) {
            int width = Math.min(BLOCK, k() - j);
            if (!panel(j, width, taus)) {
                return false;
            }
            unpack(j, width);
            BlockReflector block = block(j, width);
            block.couple(taus, 0);
            block.apply(true, at(j, j + width), n - j - width, n);
        }
        return true;
    }

    /** Writes the first columns of Q, [m, columns]. */
    void q(long q, int columns) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < columns; j++) {
                Mem.f64(q + 8L * ((long) i * columns + j), i == j ? 1 : 0);
            }
        }
        for (int j = (k() - 1) / BLOCK * BLOCK; j >= 0; j -= BLOCK) {
            int width = Math.min(BLOCK, k() - j);
            unpack(j, width);
            block(j, width).apply(false, q + 8L * ((long) j * columns + j), columns - j, columns);
        }
    }

    private boolean panel(int from, int width, double[] taus) {
        double[] row = new double[BLOCK];
        for (int c = from; c < from + width; c++) {
            double squares = 0;
            double any = 0;
            for (int i = c + 1; i < m; i++) {
                double x = Mem.f64(at(i, c));
                squares += x * x;
                any = Math.max(any, Math.abs(x));
            }
            double alpha = Mem.f64(at(c, c));
            double whole = squares + alpha * alpha;
            if (!(whole < 1e280) || any > 0 && squares < 1e-280) {
                return false;
            }
            taus[c - from] = 0;
            if (squares == 0) {
                continue;
            }
            double beta = -Math.copySign(Math.sqrt(whole), alpha);
            double tau = (beta - alpha) / beta;
            taus[c - from] = tau;
            Mem.f64(at(c, c), beta);
            int right = from + width - c - 1;
            for (int j = 0; j < right; j++) {
                row[j] = Mem.f64(at(c, c + 1 + j));
            }
            for (int i = c + 1; i < m; i++) {
                double v = Mem.f64(at(i, c)) / (alpha - beta);
                Mem.f64(at(i, c), v);
                for (int j = 0; j < right; j++) {
                    row[j] += v * Mem.f64(at(i, c + 1 + j));
                }
            }
            for (int j = 0; j < right; j++) {
                row[j] *= tau;
                Mem.f64(at(c, c + 1 + j), Mem.f64(at(c, c + 1 + j)) - row[j]);
            }
            for (int i = c + 1; i < m; i++) {
                double v = Mem.f64(at(i, c));
                for (int j = 0; j < right; j++) {
                    Mem.f64(at(i, c + 1 + j), Mem.f64(at(i, c + 1 + j)) - v * row[j]);
                }
            }
        }
        return true;
    }

    private void unpack(int from, int width) {
        for (int i = from; i < m; i++) {
            for (int j = 0; j < width; j++) {
                double v = i - from < j ? 0 : i - from == j ? 1 : Mem.f64(at(i, from + j));
                Mem.f64(vectors() + 8L * ((long) (i - from) * width + j), v);
            }
        }
    }

    private BlockReflector block(int from, int width) {
        return new BlockReflector(vectors(), m - from, width, triangle(from / BLOCK), products());
    }
}
