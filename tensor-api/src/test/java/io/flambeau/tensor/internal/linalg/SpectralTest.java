package io.flambeau.tensor.internal.linalg;

import static io.flambeau.tensor.internal.linalg.Matrices.KINDS;
import static io.flambeau.tensor.internal.linalg.Matrices.SHAPES;
import static io.flambeau.tensor.internal.linalg.Matrices.assertClose;
import static io.flambeau.tensor.internal.linalg.Matrices.assertOrthonormal;
import static io.flambeau.tensor.internal.linalg.Matrices.diagonal;
import static io.flambeau.tensor.internal.linalg.Matrices.hermitian;
import static io.flambeau.tensor.internal.linalg.Matrices.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.Complex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Eigenvalues and singular values: reconstruction, orthogonality, order, special matrices, bad input. */
class SpectralTest {
    @Test
    void hermitianEigenvectorsDiagonalise() {
        for (Scalars s : KINDS) {
            for (int n : new int[] {0, 1, 2, 3, 4, 10, 33}) {
                for (boolean upper : new boolean[] {true, false}) {
                    double[] a = hermitian(s, n, n + 1);
                    double[] v = triangleOnly(s, n, a, upper);
                    double[] values = new double[n];
                    assertThat(SymmetricEigen.decompose(s, n, v, upper, values, true))
                            .isZero();
                    String what = n + (upper ? " upper" : " lower");
                    assertOrthonormal(what, s, n, n, v);
                    double[] product = s.multiply(n, n, n, v, diagonal(s, n, n, values));
                    assertClose(what, s.multiply(n, n, n, product, s.transpose(n, n, v, true)), a);
                    assertThat(values).isSorted();
                    double[] alone = new double[n];
                    SymmetricEigen.decompose(s, n, triangleOnly(s, n, a, upper), upper, alone, false);
                    assertClose(what, alone, values);
                }
            }
        }
    }

    private static double[] triangleOnly(Scalars s, int n, double[] a, boolean upper) {
        double[] t = a.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (upper ? j < i : j > i) {
                    s.set(t, i * n + j, 99);
                }
            }
        }
        return t;
    }

    @Test
    void secondDifferencesHaveKnownEigenvalues() {
        int n = 40;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = 2;
            if (i > 0) {
                a[i * n + i - 1] = -1;
                a[(i - 1) * n + i] = -1;
            }
        }
        double[] values = new double[n];
        SymmetricEigen.decompose(Scalars.REAL, n, a, false, values, true);
        for (int k = 0; k < n; k++) {
            double s = StrictMath.sin((k + 1) * Math.PI / (2 * (n + 1)));
            assertThat(values[k]).isCloseTo(4 * s * s, within(1e-14));
        }
    }

    @Test
    void singularVectorsRebuildEveryShape() {
        for (Scalars s : KINDS) {
            for (int[] shape : SHAPES) {
                for (boolean full : new boolean[] {true, false}) {
                    int m = shape[0];
                    int n = shape[1];
                    int k = Math.min(m, n);
                    double[] a = random(s, m, n, 9 * m + n);
                    Svd.Result r = Svd.decompose(s, m, n, a.clone(), true, full);
                    String what = m + " x " + n + (full ? " full" : "");
                    int uc = full ? m : k;
                    int vr = full ? n : k;
                    assertThat(r.info()).isZero();
                    assertOrthonormal(what, s, m, uc, r.u());
                    assertOrthonormal(what, s, n, vr, s.transpose(vr, n, r.vh(), true));
                    double[] us = s.multiply(m, uc, vr, r.u(), diagonal(s, uc, vr, r.values()));
                    assertClose(what, s.multiply(m, vr, n, us, r.vh()), a);
                    for (int i = 1; i < k; i++) {
                        assertThat(r.values()[i]).isBetween(0.0, r.values()[i - 1]);
                    }
                    assertClose(
                            what, Svd.decompose(s, m, n, a.clone(), false, full).values(), r.values());
                }
            }
        }
    }

    @Test
    void tinySingularValuesOfABidiagonalMatrixKeepRelativeAccuracy() {
        // diag(1, 1e-10, 1e-20) graded from the left by a unit bidiagonal: the determinant fixes the product of the
        // values.
        double[] a = {1, 1, 0, 0, 1e-10, 1e-10, 0, 0, 1e-20};
        double[] v = Svd.decompose(Scalars.REAL, 3, 3, a, false, false).values();
        assertThat(v[0] * v[1] * v[2]).isCloseTo(1e-30, within(1e-42));
        assertThat(v[0]).isCloseTo(StrictMath.sqrt(2), within(1e-15));
    }

    @Test
    void rankIsSeenInTheValues() {
        int n = 20;
        double[] left = random(Scalars.REAL, n, 4, 1);
        double[] right = random(Scalars.REAL, 4, n, 2);
        double[] v = Svd.decompose(Scalars.REAL, n, n, Scalars.REAL.multiply(n, 4, n, left, right), true, true)
                .values();
        assertThat(v[3]).isGreaterThan(1);
        assertThat(v[4]).isLessThan(1e-12);
        double[] zero =
                Svd.decompose(Scalars.REAL, 5, 3, new double[15], true, true).values();
        assertThat(zero).containsOnly(0.0);
    }

    @Test
    void generalEigenvectorsSatisfyTheirEquation() {
        Scalars c = Scalars.COMPLEX;
        for (Scalars s : KINDS) {
            for (int n : new int[] {0, 1, 2, 3, 6, 15, 40}) {
                double[] a = random(s, n, n, 77 + n);
                double[] values = c.allocate(n);
                double[] vectors = c.allocate(n * n);
                assertThat(Eigen.decompose(s, n, a.clone(), values, vectors)).isZero();
                double[] complex = s == c ? a : widen(a);
                double[] left = c.multiply(n, n, n, complex, vectors);
                double[] right = vectors.clone();
                for (int k = 0; k < n; k++) {
                    c.scale(n, values, k, right, k, n);
                    assertThat(c.norm(n, vectors, k, n)).isCloseTo(1, within(1e-14));
                }
                assertClose("n = " + n, left, right);
            }
        }
    }

    @Test
    void realMatricesHaveExactlyConjugatePairs() {
        double[] values = new double[2 * 9];
        double[] a = random(Scalars.REAL, 9, 9, 5);
        Eigen.decompose(Scalars.REAL, 9, a, values, new double[0]);
        int pairs = 0;
        for (int k = 0; k < 9; k++) {
            if (values[2 * k + 1] != 0) {
                assertThat(values[2 * k + 1]).isPositive();
                assertThat(values[2 * k + 2]).isEqualTo(values[2 * k]);
                assertThat(values[2 * k + 3]).isEqualTo(-values[2 * k + 1]);
                pairs++;
                k++;
            }
        }
        assertThat(pairs).isPositive();
    }

    @Test
    void companionMatrixFindsTheRootsOfItsPolynomial() {
        // (x - 1)(x - 2)(x - 3)(x^2 + 1)
        double[] polynomial = {-6, 11, -12, 12, -6};
        double[] a = new double[25];
        for (int i = 0; i < 5; i++) {
            a[i * 5 + 4] = -polynomial[i];
            if (i > 0) {
                a[i * 5 + i - 1] = 1;
            }
        }
        double[] values = new double[10];
        Eigen.decompose(Scalars.REAL, 5, a, values, new double[0]);
        for (int k = 0; k < 5; k++) {
            Complex z = new Complex(values[2 * k], values[2 * k + 1]);
            double nearest = Double.POSITIVE_INFINITY;
            for (Complex root : new Complex[] {
                new Complex(1, 0), new Complex(2, 0), new Complex(3, 0), new Complex(0, 1), new Complex(0, -1)
            }) {
                nearest = Math.min(nearest, z.minus(root).abs());
            }
            assertThat(nearest).isLessThan(1e-12);
        }
    }

    @Test
    void defectiveAndPermutationMatricesConverge() {
        double[] jordan = {2, 1, 0, 0, 2, 1, 0, 0, 2};
        double[] values = new double[6];
        assertThat(Eigen.decompose(Scalars.REAL, 3, jordan, values, new double[18]))
                .isZero();
        assertThat(values).containsExactly(2, 0, 2, 0, 2, 0);
        double[] cycle = {0, 0, 1, 1, 0, 0, 0, 1, 0};
        assertThat(Eigen.decompose(Scalars.REAL, 3, cycle, values, new double[18]))
                .isZero();
        for (int k = 0; k < 3; k++) {
            assertThat(StrictMath.hypot(values[2 * k], values[2 * k + 1])).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void badInputEnds() {
        for (Scalars s : KINDS) {
            double[] nan = s.identity(6);
            Arrays.fill(nan, 3, 9, Double.NaN);
            double[] values = new double[12];
            assertThat(Eigen.decompose(s, 6, nan.clone(), values, new double[72]))
                    .isPositive();
            assertThat(values).containsOnly(Double.NaN);
            Svd.decompose(s, 6, 6, nan.clone(), true, true);
            SymmetricEigen.decompose(s, 6, nan.clone(), false, new double[6], true);
        }
    }

    private static double[] widen(double[] a) {
        double[] z = new double[2 * a.length];
        for (int i = 0; i < a.length; i++) {
            z[2 * i] = a[i];
        }
        return z;
    }
}
