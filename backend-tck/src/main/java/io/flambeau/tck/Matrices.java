package io.flambeau.tck;

import java.util.Random;

/** Values of matrices that linear algebra is tested with. */
final class Matrices {
    private Matrices() {}

    /** a aᵀ + n, for a random a. */
    static void definite(double[] values, long[] sizes, Random random) {
        each(values, sizes, (at, n, parts) -> {
            double[] a = new double[n * n];
            for (int i = 0; i < a.length; i++) {
                a[i] = random.nextDouble(-1, 1);
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = i == j ? n : 0;
                    for (int k = 0; k < n; k++) {
                        sum += a[i * n + k] * a[j * n + k];
                    }
                    values[at + (i * n + j) * parts] = sum;
                }
            }
        });
    }

    /** Random elements with a heavy diagonal. */
    static void regular(double[] values, long[] sizes, Random random) {
        each(values, sizes, (at, n, parts) -> {
            for (int i = 0; i < n * n * parts; i++) {
                values[at + i] = random.nextDouble(-1, 1);
            }
            for (int i = 0; i < n; i++) {
                values[at + (i * n + i) * parts] += (i % 2 == 0 ? 1 : -1) * (n + i);
            }
        });
    }

    private interface Matrix {
        void fill(int at, int n, int parts);
    }

    private static void each(double[] values, long[] sizes, Matrix matrix) {
        int n = (int) sizes[sizes.length - 1];
        int batch = 1;
        for (int i = 0; i < sizes.length - 2; i++) {
            batch *= (int) sizes[i];
        }
        int parts = values.length / Math.max(batch * n * n, 1);
        for (int b = 0; b < batch; b++) {
            matrix.fill(b * n * n * parts, n, parts);
        }
    }
}
