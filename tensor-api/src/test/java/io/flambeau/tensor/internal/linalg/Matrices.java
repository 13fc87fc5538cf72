package io.flambeau.tensor.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Random matrices and comparisons for the tests of this package. */
final class Matrices {
    static final Scalars[] KINDS = {Scalars.REAL, Scalars.COMPLEX};
    static final int[][] SHAPES = {
        {0, 0}, {0, 3}, {3, 0}, {1, 1}, {1, 4}, {4, 1}, {2, 2}, {3, 3}, {5, 3}, {3, 5}, {4, 3}, {9, 4}, {4, 9},
        {12, 12}, {30, 7}, {7, 30}, {26, 26}
    };

    private Matrices() {}

    static double[] random(Scalars s, int m, int n, long seed) {
        Random random = new Random(seed);
        double[] a = s.allocate(m * n);
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextGaussian();
        }
        return a;
    }

    static double[] hermitian(Scalars s, int n, long seed) {
        double[] a = random(s, n, n, seed);
        return combine(1, a, 1, s.transpose(n, n, a, true));
    }

    static double[] positive(Scalars s, int n, long seed) {
        double[] a = random(s, n, n, seed);
        return combine(1, s.multiply(n, n, n, a, s.transpose(n, n, a, true)), 1, s.identity(n));
    }

    static double[] combine(double p, double[] a, double q, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = p * a[i] + q * b[i];
        }
        return sum;
    }

    static double[] diagonal(Scalars s, int m, int n, double[] values) {
        double[] a = s.allocate(m * n);
        for (int i = 0; i < Math.min(m, n); i++) {
            s.set(a, i * n + i, values[i]);
        }
        return a;
    }

    static void assertClose(String what, double[] actual, double[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double scale = 1;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            double error = Math.abs(actual[i] - expected[i]);
            worst = error <= worst ? worst : error;
        }
        assertThat(worst).as(what).isLessThanOrEqualTo(2e-13 * scale);
    }

    /** Columns of Q (m x k) are orthonormal. */
    static void assertOrthonormal(String what, Scalars s, int m, int k, double[] q) {
        assertClose(what, s.multiply(k, m, k, s.transpose(m, k, q, true), q), s.identity(k));
    }
}
