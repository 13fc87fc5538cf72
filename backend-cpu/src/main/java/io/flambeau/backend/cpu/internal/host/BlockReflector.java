package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;

/**
 * A product of Householder reflections as I - V T transpose(V) (Schreiber and Van Loan, 1989; LAPACK's larft and larfb).
 *
 * @param v their vectors, [rows, width], with ones on the diagonal and zeros above it
 * @param t the triangle, [width, width]
 * @param work {@link #work} doubles
 */
record BlockReflector(long v, int rows, int width, long t, long work) {
    static long work(int width, long columns) {
        return 2 * width * Math.max(width, columns);
    }

    /** Computes T: T[:j, j] = -tau[j] T[:j, :j] (transpose(V) V)[:j, j], and tau on its diagonal. */
    void couple(double[] taus, int first) {
        Matrix vectors = new Matrix(v, width, 1);
        Gemm.F64.run(width, width, rows, vectors.transposed(), vectors, new Matrix(work, width, 1), false, null);
        for (int j = 0; j < width; j++) {
            double tau = taus[first + j];
            for (int i = 0; i < width; i++) {
                double sum = 0;
                for (int l = i; l < j; l++) {
                    sum -= Mem.f64(t + 8L * (i * width + l)) * Mem.f64(work + 8L * (l * width + j));
                }
                Mem.f64(t + 8L * (i * width + j), i < j ? sum * tau : i == j ? tau : 0);
            }
        }
    }

    /** C [rows, columns] -= V op(T) transpose(V) C. */
    void apply(boolean transposed, long c, int columns, int ld) {
        if (columns <= 0) {
            return;
        }
        Matrix vectors = new Matrix(v, width, 1);
        Matrix triangle = new Matrix(t, width, 1);
        Matrix target = new Matrix(c, ld, 1);
        Matrix inner = new Matrix(work, columns, 1);
        Matrix outer = new Matrix(work + 8L * width * columns, columns, 1);
        Gemm.F64.run(width, columns, rows, vectors.transposed(), target, inner, false, null);
        Gemm.F64.run(width, columns, width, transposed ? triangle.transposed() : triangle, inner, outer, false, null);
        Bisection.subtract(rows, columns, width, vectors, outer, target);
    }
}
