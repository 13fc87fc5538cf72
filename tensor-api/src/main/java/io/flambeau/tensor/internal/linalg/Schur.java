package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.Complex;

/**
 * The Schur form A = Z T adjoint(Z) by the shifted QR iteration on a Hessenberg matrix (Golub and Van Loan, section
 * 7.5; LAPACK's gehrd and lahqr).
 *
 * <p>Complex matrices take single shifts and give a triangular T. Real ones take Francis's double shifts and give
 * blocks of order 2 on the diagonal,
 * of equal diagonal entries, for the conjugate pairs.
 */
final class Schur {
    private static final double EPS = 0x1p-52;
    private static final double TINY = Double.MIN_NORMAL / EPS;
    private static final int STEPS_PER_VALUE = 30;

    private final Scalars s;
    private final int n;
    private final boolean real;
    final double[] t;
    final double[] z;
    private final double[] v;
    private final double[] tau;

    /** Takes over A (n x n). */
    Schur(Scalars s, int n, double[] a) {
        this.s = s;
        this.n = n;
        this.real = s.width() == 1;
        this.t = a;
        this.v = s.allocate(3);
        this.tau = s.allocate(1);
        this.z = reduce();
    }

    /** Brings t to Hessenberg form and returns the product of the reflections. */
    private double[] reduce() {
        double[] taus = s.allocate(Math.max(n, 1));
        for (int k = 0; k < n - 2; k++) {
            int m = n - k - 1;
            int alpha = (k + 1) * n + k;
            Householder.make(s, m, t, alpha, alpha + n, n, taus, k);
            Householder.right(s, n, m, t, alpha, n, taus, k, false, t, k + 1, n);
            Householder.left(s, m, m, t, alpha, n, taus, k, true, t, alpha + 1, n);
        }
        double[] q = s.identity(n);
        for (int k = n - 3; k >= 0; k--) {
            int m = n - k - 1;
            int alpha = (k + 1) * n + k;
            Householder.left(s, m, m, t, alpha, n, taus, k, false, q, alpha + 1, n);
        }
        for (int i = 2; i < n; i++) {
            for (int j = 0; j < i - 1; j++) {
                s.set(t, i * n + j, 0);
            }
        }
        return q;
    }

    /** Iterates to the Schur form; returns 0 or the number of values not found. */
    int iterate() {
        int budget = STEPS_PER_VALUE * Math.max(10, n);
        int i = n - 1;
        int steps = 0;
        while (i >= 0) {
            int l = i;
            while (l > 0 && !negligible(l)) {
                l--;
            }
            if (l > 0) {
                s.set(t, l * n + l - 1, 0);
            }
            if (l == i) {
                i--;
                steps = 0;
            } else if (real && l == i - 1) {
                standardise(l);
                i -= 2;
                steps = 0;
            } else {
                if (budget-- == 0) {
                    return i + 1;
                }
                steps++;
                chase(l, i, real ? doubleShift(l, i, steps) : singleShift(l, i, steps));
            }
        }
        return 0;
    }

    private Complex at(int i, int j) {
        return s.at(t, i * n + j);
    }

    private double size(int i, int j) {
        return s.abs1(t, i * n + j);
    }

    /** Whether the entry left of diagonal k can be dropped (Ahues and Tisseur's criterion, LAPACK working note 122). */
    private boolean negligible(int k) {
        double below = size(k, k - 1);
        if (below <= TINY * n) {
            return true;
        }
        double neighbours = size(k - 1, k - 1) + size(k, k);
        if (neighbours == 0) {
            neighbours = (k > 1 ? size(k - 1, k - 2) : 0) + (k + 1 < n ? size(k + 1, k) : 0);
        }
        if (!(below <= EPS * neighbours)) {
            return false;
        }
        double above = size(k - 1, k);
        double difference = real
                ? Math.abs(t[(k - 1) * n + k - 1] - t[k * n + k])
                : abs1(at(k - 1, k - 1).minus(at(k, k)));
        double ab = Math.max(below, above);
        double ba = Math.min(below, above);
        double aa = Math.max(size(k, k), difference);
        double bb = Math.min(size(k, k), difference);
        double sum = aa + ab;
        return ba * (ab / sum) <= Math.max(TINY * n, EPS * (bb * (aa / sum)));
    }

    private static double abs1(Complex z) {
        return Math.abs(z.re()) + Math.abs(z.im());
    }

    /** Puts the first column of a double-shifted step into v; returns the row where the bulge starts. */
    private int doubleShift(int l, int i, int steps) {
        double h11;
        double h12;
        double h21;
        double h22;
        if (steps % 20 == 10) {
            double x = Math.abs(t[(l + 1) * n + l]) + Math.abs(t[(l + 2) * n + l + 1]);
            h11 = 0.75 * x + t[l * n + l];
            h12 = -0.4375 * x;
            h21 = x;
            h22 = h11;
        } else if (steps % 20 == 0) {
            double x = Math.abs(t[i * n + i - 1]) + Math.abs(t[(i - 1) * n + i - 2]);
            h11 = 0.75 * x + t[i * n + i];
            h12 = -0.4375 * x;
            h21 = x;
            h22 = h11;
        } else {
            h11 = t[(i - 1) * n + i - 1];
            h12 = t[(i - 1) * n + i];
            h21 = t[i * n + i - 1];
            h22 = t[i * n + i];
        }
        double scale = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
        double first = 0;
        double second = 0;
        double imaginary = 0;
        if (scale != 0) {
            double mean = (h11 / scale + h22 / scale) / 2;
            double det = (h11 / scale - mean) * (h22 / scale - mean) - h12 / scale * (h21 / scale);
            double root = StrictMath.sqrt(Math.abs(det));
            if (det >= 0) {
                first = mean * scale;
                imaginary = root * scale;
            } else {
                double high = (mean + root) * scale;
                double low = (mean - root) * scale;
                first = Math.abs(high - h22) <= Math.abs(low - h22) ? high : low;
            }
            second = first;
        }
        int m = i - 2;
        while (true) {
            double below = t[(m + 1) * n + m];
            double d = t[m * n + m];
            double x = Math.abs(d - second) + Math.abs(imaginary) + Math.abs(below);
            double part = below / x;
            v[0] = part * t[m * n + m + 1] + (d - first) * ((d - second) / x) + imaginary * (imaginary / x);
            v[1] = part * (d + t[(m + 1) * n + m + 1] - first - second);
            v[2] = part * t[(m + 2) * n + m + 1];
            double sum = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
            for (int k = 0; k < 3; k++) {
                v[k] /= sum;
            }
            if (m == l) {
                return m;
            }
            double around = size(m - 1, m - 1) + size(m, m) + size(m + 1, m + 1);
            if (size(m, m - 1) * (Math.abs(v[1]) + Math.abs(v[2])) <= EPS * Math.abs(v[0]) * around) {
                return m;
            }
            m--;
        }
    }

    /** The same for a single complex shift. */
    private int singleShift(int l, int i, int steps) {
        Complex shift = at(i, i);
        if (steps % 20 == 10) {
            shift = at(l, l).plus(new Complex(0.75 * size(l + 1, l), 0));
        } else if (steps % 20 == 0) {
            shift = shift.plus(new Complex(0.75 * size(i, i - 1), 0));
        } else {
            Complex u = at(i - 1, i).sqrt().times(at(i, i - 1).sqrt());
            if (abs1(u) != 0) {
                Complex x = at(i - 1, i - 1).minus(shift).times(0.5);
                double scale = Math.max(abs1(u), abs1(x));
                Complex xs = x.times(1 / scale);
                Complex us = u.times(1 / scale);
                Complex y = xs.times(xs).plus(us.times(us)).sqrt().times(scale);
                if (x.re() * y.re() + x.im() * y.im() < 0) {
                    y = y.negate();
                }
                shift = shift.minus(u.times(u.over(x.plus(y))));
            }
        }
        int m = i - 1;
        while (true) {
            Complex d = at(m, m).minus(shift);
            Complex below = at(m + 1, m);
            double x = abs1(d) + abs1(below);
            d = d.times(1 / x);
            below = below.times(1 / x);
            s.set(v, 0, d);
            s.set(v, 1, below);
            if (m == l || size(m, m - 1) * abs1(below) <= EPS * (abs1(d) * (size(m, m) + size(m + 1, m + 1)))) {
                return m;
            }
            m--;
        }
    }

    /** Chases the bulge that v makes at row m down the active block l ... i. */
    private void chase(int l, int i, int m) {
        int bulge = real ? 3 : 2;
        for (int k = m; k < i; k++) {
            int rows = Math.min(bulge, i - k + 1);
            if (k > m) {
                for (int j = 0; j < rows; j++) {
                    s.copy(t, (k + j) * n + k - 1, v, j);
                }
            }
            Householder.make(s, rows, v, 0, 1, 1, tau, 0);
            if (k > m) {
                s.copy(v, 0, t, k * n + k - 1);
                for (int j = 1; j < rows; j++) {
                    s.set(t, (k + j) * n + k - 1, 0);
                }
            } else if (m > l) {
                Complex factor = Complex.ONE.minus(s.at(tau, 0).conj());
                s.set(t, k * n + k - 1, at(k, k - 1).times(factor));
            }
            Householder.left(s, rows, n - k, v, 0, 1, tau, 0, true, t, k * n + k, n);
            Householder.right(s, Math.min(k + bulge, i) + 1, rows, v, 0, 1, tau, 0, false, t, k, n);
            Householder.right(s, n, rows, v, 0, 1, tau, 0, false, z, k, n);
        }
    }

    /**
     * Rotates the real block of order 2 at l to triangular form or, for a conjugate pair, to equal diagonal entries
     * (LAPACK's lanv2).
     */
    private void standardise(int l) {
        double a = t[l * n + l];
        double b = t[l * n + l + 1];
        double c = t[(l + 1) * n + l];
        double d = t[(l + 1) * n + l + 1];
        double p = 0.5 * (a - d);
        double cs = 1;
        double sn = 0;
        boolean split = false;
        if (c == 0) {
            split = true;
        } else if (b == 0) {
            cs = 0;
            sn = 1;
            split = true;
        } else if (a - d != 0 || Math.signum(b) == Math.signum(c)) {
            double most = Math.max(Math.abs(b), Math.abs(c));
            double least = Math.min(Math.abs(b), Math.abs(c)) * Math.signum(b) * Math.signum(c);
            double scale = Math.max(Math.abs(p), most);
            double root = p / scale * p + most / scale * least;
            if (root >= 4 * EPS) {
                double x = p + Math.copySign(StrictMath.sqrt(scale) * StrictMath.sqrt(root), p);
                double r = StrictMath.hypot(c, x);
                cs = x / r;
                sn = c / r;
                split = true;
            } else {
                double sigma = b + c;
                double r = StrictMath.hypot(sigma, a - d);
                cs = StrictMath.sqrt(0.5 * (1 + Math.abs(sigma) / r));
                sn = -(p / (r * cs)) * Math.copySign(1, sigma);
                double bb = -a * sn + b * cs;
                double dd = -c * sn + d * cs;
                double aa = a * cs + b * sn;
                double cc = c * cs + d * sn;
                double newB = bb * cs + dd * sn;
                double newC = -aa * sn + cc * cs;
                if (newC == 0) {
                    split = true;
                } else if (newB == 0) {
                    double old = cs;
                    cs = -sn;
                    sn = old;
                    split = true;
                } else if (Math.signum(newB) == Math.signum(newC)) {
                    double f = 1 / StrictMath.sqrt(Math.abs(newB + newC));
                    double cs1 = StrictMath.sqrt(Math.abs(newB)) * f;
                    double sn1 = StrictMath.sqrt(Math.abs(newC)) * f;
                    double old = cs;
                    cs = old * cs1 - sn * sn1;
                    sn = old * sn1 + sn * cs1;
                    split = true;
                }
            }
        }
        Rotation.apply(cs, sn, n - l, t, l * n + l, (l + 1) * n + l);
        rotateColumns(cs, sn, l, t, l + 2);
        rotateColumns(cs, sn, l, z, n);
        if (split) {
            t[(l + 1) * n + l] = 0;
        } else {
            double mean = 0.5 * (t[l * n + l] + t[(l + 1) * n + l + 1]);
            t[l * n + l] = mean;
            t[(l + 1) * n + l + 1] = mean;
        }
    }

    private void rotateColumns(double cs, double sn, int l, double[] a, int rows) {
        for (int i = 0; i < rows; i++) {
            double x = a[i * n + l];
            double y = a[i * n + l + 1];
            a[i * n + l] = cs * x + sn * y;
            a[i * n + l + 1] = cs * y - sn * x;
        }
    }
}
