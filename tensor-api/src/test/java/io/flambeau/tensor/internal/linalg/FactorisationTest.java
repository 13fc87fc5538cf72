package io.flambeau.tensor.internal.linalg;

import static io.flambeau.tensor.internal.linalg.Matrices.KINDS;
import static io.flambeau.tensor.internal.linalg.Matrices.SHAPES;
import static io.flambeau.tensor.internal.linalg.Matrices.assertClose;
import static io.flambeau.tensor.internal.linalg.Matrices.assertOrthonormal;
import static io.flambeau.tensor.internal.linalg.Matrices.combine;
import static io.flambeau.tensor.internal.linalg.Matrices.hermitian;
import static io.flambeau.tensor.internal.linalg.Matrices.positive;
import static io.flambeau.tensor.internal.linalg.Matrices.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.internal.linalg.Triangular.Op;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** LU, Cholesky, QR, LDL and triangular solves rebuild what they factored. */
class FactorisationTest {
    @Test
    void luRebuildsEveryShape() {
        for (Scalars s : KINDS) {
            for (int[] shape : SHAPES) {
                int m = shape[0];
                int n = shape[1];
                int k = Math.min(m, n);
                double[] a = random(s, m, n, 3 * m + n);
                double[] lu = a.clone();
                int[] pivots = new int[k];
                assertThat(Lu.factor(s, m, n, lu, pivots, true)).isZero();
                double[] l = s.allocate(m * k);
                double[] u = s.allocate(k * n);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        if (j < i && j < k) {
                            s.copy(lu, i * n + j, l, i * k + j);
                            assertThat(s.abs1(l, i * k + j)).isLessThanOrEqualTo(s.width() + 1e-12);
                        } else if (i < k) {
                            s.copy(lu, i * n + j, u, i * n + j);
                        }
                    }
                    if (i < k) {
                        s.set(l, i * k + i, 1);
                    }
                }
                double[] product = s.multiply(m, k, n, l, u);
                int[] order = Lu.permutation(m, pivots);
                double[] rows = s.allocate(m * n);
                for (int i = 0; i < m; i++) {
                    s.swap(n, rows, i * n, 1, a.clone(), order[i] * n, 1);
                }
                assertClose(m + " x " + n, product, rows);
            }
        }
    }

    @Test
    void luSolvesPlainTransposedAndAdjointSystems() {
        for (Scalars s : KINDS) {
            for (int n : new int[] {0, 1, 2, 5, 17}) {
                double[] a = random(s, n, n, n);
                double[] b = random(s, n, 3, n + 1);
                double[] lu = a.clone();
                int[] pivots = new int[n];
                Lu.factor(s, n, n, lu, pivots, true);
                for (Op op : Op.values()) {
                    double[] x = b.clone();
                    Lu.solve(s, n, 3, lu, pivots, op, x);
                    double[] applied = op == Op.NONE ? a : s.transpose(n, n, a, op == Op.ADJOINT);
                    assertClose(op + " " + n, s.multiply(n, n, 3, applied, x), b);
                }
            }
        }
    }

    @Test
    void singularMatricesAreToldByInfo() {
        double[] lu = {1, 2, 2, 4};
        assertThat(Lu.factor(Scalars.REAL, 2, 2, lu, new int[2], true)).isEqualTo(2);
        double[] minor = {4, 0, 0, 0, 1, 0, 0, 0, -1};
        assertThat(Cholesky.factor(Scalars.REAL, 3, minor)).isEqualTo(3);
        double[] zero = new double[4];
        assertThat(Ldl.factor(Scalars.REAL, 2, zero, new int[2], false)).isEqualTo(1);
        double[] nan = {Double.NaN, 0, 0, 1};
        assertThat(Cholesky.factor(Scalars.REAL, 2, nan)).isEqualTo(1);
    }

    @Test
    void notANumberSpreadsWithoutEndlessWork() {
        double[] lu = {1, Double.NaN, 2, 3};
        Lu.factor(Scalars.REAL, 2, 2, lu, new int[2], true);
        assertThat(lu[3]).isNaN();
        double[] qr = {Double.NaN, 1, 2, 3};
        double[] tau = new double[2];
        Qr.factor(Scalars.REAL, 2, 2, qr, tau);
        assertThat(qr[0]).isNaN();
        double[] ldl = {Double.NaN, 0, 1, 2};
        assertThat(Ldl.factor(Scalars.REAL, 2, ldl, new int[2], false)).isEqualTo(1);
        assertThat(ldl[0]).isNaN();
    }

    @Test
    void choleskyRebuildsAndSolves() {
        for (Scalars s : KINDS) {
            for (int n : new int[] {0, 1, 2, 6, 20}) {
                double[] a = positive(s, n, n);
                double[] l = a.clone();
                assertThat(Cholesky.factor(s, n, l)).isZero();
                assertClose("n = " + n, s.multiply(n, n, n, l, s.transpose(n, n, l, true)), a);
                double[] b = random(s, n, 2, n + 5);
                double[] x = b.clone();
                Cholesky.solve(s, n, 2, l, x);
                assertClose("solve " + n, s.multiply(n, n, 2, a, x), b);
            }
        }
    }

    @Test
    void qrRebuildsAndIsOrthogonal() {
        for (Scalars s : KINDS) {
            for (int[] shape : SHAPES) {
                int m = shape[0];
                int n = shape[1];
                int k = Math.min(m, n);
                double[] a = random(s, m, n, m + 40 * n);
                double[] qr = a.clone();
                double[] tau = s.allocate(k);
                Qr.factor(s, m, n, qr, tau);
                for (int columns : new int[] {k, m}) {
                    double[] q = Qr.q(s, m, n, k, qr, tau, columns);
                    assertOrthonormal(m + " x " + n, s, m, columns, q);
                    double[] r = Qr.r(s, n, qr, columns);
                    assertClose(m + " x " + n, s.multiply(m, columns, n, q, r), a);
                    double[] applied = a.clone();
                    Qr.applyLeft(s, m, n, k, qr, tau, true, n, applied);
                    assertClose("adjoint(Q) A", Arrays.copyOf(applied, r.length), r);
                }
            }
        }
    }

    @Test
    void diagonalOfRHasLapacksSigns() {
        double[] a = {3, 1, 4, 2};
        double[] tau = new double[2];
        Qr.factor(Scalars.REAL, 2, 2, a, tau);
        assertThat(a[0]).isCloseTo(-5, within(1e-15));
        assertThat(tau[0]).isCloseTo(1.6, within(1e-15));
        double[] triangular = {3, 1, 0, 2};
        Qr.factor(Scalars.REAL, 2, 2, triangular, tau);
        assertThat(triangular).containsExactly(3, 1, 0, 2);
        assertThat(tau).containsExactly(0, 0);
    }

    @Test
    void ldlSolvesIndefiniteSystems() {
        for (Scalars s : KINDS) {
            for (int n : new int[] {0, 1, 2, 3, 8, 25}) {
                for (boolean hermitian : new boolean[] {true, false}) {
                    double[] g = random(s, n, n, n + 7);
                    double[] a = combine(1, g, 1, s.transpose(n, n, g, hermitian));
                    for (int i = 0; i < n; i += 2) {
                        s.set(a, i * n + i, 0);
                    }
                    double[] factored = a.clone();
                    int[] pivots = new int[n];
                    int info = Ldl.factor(s, n, factored, pivots, hermitian);
                    if (n == 1) {
                        assertThat(info).isEqualTo(1);
                        continue;
                    }
                    assertThat(info).isZero();
                    double[] b = random(s, n, 2, n);
                    double[] x = b.clone();
                    Ldl.solve(s, n, 2, factored, pivots, hermitian, x);
                    assertClose("n = " + n, s.multiply(n, n, 2, a, x), b);
                }
            }
        }
    }

    @Test
    void triangularSystemsReadOnlyTheirTriangle() {
        for (Scalars s : KINDS) {
            int n = 6;
            for (boolean upper : new boolean[] {true, false}) {
                for (boolean unit : new boolean[] {true, false}) {
                    for (Op op : Op.values()) {
                        double[] a = random(s, n, n, 11);
                        double[] clean = s.allocate(n * n);
                        for (int i = 0; i < n; i++) {
                            for (int j = 0; j < n; j++) {
                                if (i == j) {
                                    s.set(a, i * n + i, s.re(a, i * n + i) + 3);
                                    s.copy(unit ? s.identity(1) : a, unit ? 0 : i * n + i, clean, i * n + i);
                                } else if (upper == j > i) {
                                    s.copy(a, i * n + j, clean, i * n + j);
                                }
                            }
                        }
                        double[] b = random(s, n, 4, 12);
                        double[] x = b.clone();
                        Triangular.solve(s, n, 4, a, upper, op, unit, x);
                        double[] applied = op == Op.NONE ? clean : s.transpose(n, n, clean, op == Op.ADJOINT);
                        assertClose(upper + " " + unit + " " + op, s.multiply(n, n, 4, applied, x), b);
                    }
                }
            }
        }
    }

    @Test
    void exponentialsOfKnownMatrices() {
        Scalars s = Scalars.REAL;
        double[] rotation = MatrixExp.of(s, 2, new double[] {0, -30, 30, 0});
        double c = StrictMath.cos(30);
        double sin = StrictMath.sin(30);
        assertClose("rotation", rotation, new double[] {c, -sin, sin, c});
        assertClose("nilpotent", MatrixExp.of(s, 2, new double[] {0, 5, 0, 0}), new double[] {1, 5, 0, 1});
        assertThat(MatrixExp.of(s, 0, new double[0])).isEmpty();
        assertThat(MatrixExp.of(s, 1, new double[] {Double.NaN})).containsExactly(Double.NaN);
        double[] a = hermitian(s, 7, 3);
        double[] product = s.multiply(7, 7, 7, MatrixExp.of(s, 7, a), MatrixExp.of(s, 7, combine(-1, a, 0, a)));
        double[] values = new double[7];
        SymmetricEigen.decompose(s, 7, a.clone(), false, values, false);
        double growth = StrictMath.exp(2 * Math.max(-values[0], values[6]));
        for (int i = 0; i < 49; i++) {
            assertThat(product[i]).isCloseTo(i % 8 == 0 ? 1 : 0, within(1e-14 * growth));
        }
    }
}
