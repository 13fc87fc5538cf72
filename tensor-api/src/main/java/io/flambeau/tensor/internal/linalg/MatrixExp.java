package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.internal.linalg.Triangular.Op;
import java.util.Arrays;

/**
 * The exponential of a square matrix by scaling, the Padé approximant of order 13 and squaring (Higham, SIAM J.
 * Matrix Anal. Appl. 26, 2005).
 */
public final class MatrixExp {
    private static final double LARGEST_NORM = 5.371920351148152;
    private static final double[] PADE = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
        1.0
    };

    private MatrixExp() {}

    /** exp(A) for A (n x n); full of NaN if A is not finite. */
    public static double[] of(Scalars s, int n, double[] a) {
        if (Scalars.hasNonFinite(a)) {
            double[] bad = new double[a.length];
            Arrays.fill(bad, Double.NaN);
            return bad;
        }
        double norm = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += s.abs(a, i * n + j);
            }
            norm = Math.max(norm, sum);
        }
        int squarings = norm > LARGEST_NORM ? Math.getExponent(norm / LARGEST_NORM) + 1 : 0;
        double[] x = combine(StrictMath.scalb(1.0, -squarings), a, 0, a, 0, a);
        double[] identity = s.identity(n);
        double[] x2 = s.multiply(n, n, n, x, x);
        double[] x4 = s.multiply(n, n, n, x2, x2);
        double[] x6 = s.multiply(n, n, n, x4, x2);
        double[] high = s.multiply(n, n, n, x6, combine(PADE[13], x6, PADE[11], x4, PADE[9], x2));
        double[] odd = sum(high, combine(PADE[7], x6, PADE[5], x4, PADE[3], x2), PADE[1], identity);
        odd = s.multiply(n, n, n, x, odd);
        double[] evenHigh = s.multiply(n, n, n, x6, combine(PADE[12], x6, PADE[10], x4, PADE[8], x2));
        double[] even = sum(evenHigh, combine(PADE[6], x6, PADE[4], x4, PADE[2], x2), PADE[0], identity);
        double[] result = combine(1, even, 1, odd, 0, odd);
        double[] denominator = combine(1, even, -1, odd, 0, odd);
        int[] pivots = new int[n];
        Lu.factor(s, n, n, denominator, pivots, true);
        Lu.solve(s, n, n, denominator, pivots, Op.NONE, result);
        for (int i = 0; i < squarings; i++) {
            result = s.multiply(n, n, n, result, result);
        }
        return result;
    }

    private static double[] combine(double a, double[] x, double b, double[] y, double c, double[] z) {
        double[] sum = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = a * x[i] + b * y[i] + c * z[i];
        }
        return sum;
    }

    private static double[] sum(double[] x, double[] y, double c, double[] z) {
        return combine(1, x, 1, y, c, z);
    }
}
