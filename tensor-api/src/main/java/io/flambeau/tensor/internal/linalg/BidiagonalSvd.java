package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.spi.RowSteps;

/**
 * Singular values of a real bidiagonal matrix by Demmel and Kahan's implicit QR: relative accuracy for every value,
 * zero-shift sweeps where a shift
 * would lose it, chasing from the larger end to the smaller.
 *
 * <p>The steps act on the rows of the transposed vectors, left and right ones.
 */
public final class BidiagonalSvd {
    private static final double EPS = 0x1p-53;
    private static final double TOLERANCE = Math.clamp(StrictMath.pow(EPS, -0.125), 10, 100) * EPS;
    private static final int SWEEPS = 6;

    private final int n;
    private final double[] d;
    private final double[] e;
    private final RowSteps left;
    private final RowSteps right;
    private final Rotation first = new Rotation();
    private final Rotation second = new Rotation();

    // The direction of the current sweep, and its block from low to high: position i of the sweep is diagonal at(i).
    private int low;
    private int high;
    private boolean down;

    private BidiagonalSvd(int n, double[] d, double[] e, RowSteps left, RowSteps right) {
        this.n = n;
        this.d = d;
        this.e = e;
        this.left = left;
        this.right = right;
    }

    /** An upper bidiagonal matrix: e[i] stands right of d[i]. Returns the number of values that did not converge. */
    public static int upper(int n, double[] d, double[] e, RowSteps left, RowSteps right) {
        return new BidiagonalSvd(n, d, e, left, right).solve();
    }

    /** A lower bidiagonal matrix, e[i] below d[i], is first rotated from the left to an upper one. */
    public static int lower(int n, double[] d, double[] e, RowSteps left, RowSteps right) {
        Rotation g = new Rotation();
        for (int i = 0; i < n - 1; i++) {
            g.makeLike(d[i], e[i]);
            d[i] = g.r;
            e[i] = g.s * d[i + 1];
            d[i + 1] = g.c * d[i + 1];
            left.rotate(i, i + 1, g.c, g.s);
        }
        return upper(n, d, e, left, right);
    }

    private int solve() {
        int info = iterate();
        for (int i = 0; i < n; i++) {
            if (d[i] < 0 || d[i] == 0 && Math.copySign(1, d[i]) < 0) {
                d[i] = -d[i];
                // LAPACK turns the left vector of a single value, else the right one.
                (n == 1 ? left : right).negate(i);
            }
        }
        sort();
        return info;
    }

    private int iterate() {
        double smallest = Math.abs(d[0]);
        double mu = smallest;
        for (int i = 1; i < n && smallest != 0; i++) {
            mu = Math.abs(d[i]) * (mu / (mu + Math.abs(e[i - 1])));
            smallest = Math.min(smallest, mu);
        }
        double threshold =
                Math.max(TOLERANCE * smallest / StrictMath.sqrt(n), SWEEPS * (double) n * n * Double.MIN_NORMAL);
        long budget = (long) SWEEPS * n * n;
        int oldLow = -1;
        int oldHigh = -1;
        int m = n - 1;
        while (m > 0) {
            if (budget < 0) {
                return unconverged(m);
            }
            int l = m;
            double largest = Math.abs(d[m]);
            while (l > 0 && !(Math.abs(e[l - 1]) <= threshold)) {
                largest = Math.max(largest, Math.max(Math.abs(d[l - 1]), Math.abs(e[l - 1])));
                l--;
            }
            if (l > 0) {
                e[l - 1] = 0;
            }
            if (l == m) {
                m--;
                continue;
            }
            if (l == m - 1) {
                pair(l);
                m -= 2;
                continue;
            }
            if (l > oldHigh || m < oldLow) {
                down = Math.abs(d[l]) >= Math.abs(d[m]);
            }
            low = l;
            high = m;
            double least = deflate();
            if (least < 0) {
                continue;
            }
            oldLow = l;
            oldHigh = m;
            double shift = shift(least, largest);
            budget -= m - l;
            if (shift == 0) {
                sweepWithoutShift();
            } else {
                sweep(shift);
            }
            int last = off(m - l - 1);
            if (Math.abs(e[last]) <= threshold) {
                e[last] = 0;
            }
        }
        return 0;
    }

    private int unconverged(int m) {
        int count = 0;
        for (int i = 0; i < m; i++) {
            if (e[i] != 0) {
                count++;
            }
        }
        return Math.max(count, 1);
    }

    private int at(int i) {
        return down ? low + i : high - i;
    }

    private int off(int i) {
        return down ? low + i : high - i - 1;
    }

    /**
     * Demmel and Kahan's convergence tests; a negative result means that something was set to zero, else a bound of
     * the least value.
     */
    private double deflate() {
        int size = high - low;
        int last = off(size - 1);
        if (Math.abs(e[last]) <= TOLERANCE * Math.abs(d[at(size)])) {
            e[last] = 0;
            return -1;
        }
        double mu = Math.abs(d[at(0)]);
        double least = mu;
        for (int i = 0; i < size; i++) {
            double coupling = Math.abs(e[off(i)]);
            if (coupling <= TOLERANCE * mu) {
                e[off(i)] = 0;
                return -1;
            }
            mu = Math.abs(d[at(i + 1)]) * (mu / (mu + coupling));
            least = Math.min(least, mu);
        }
        return Math.max(least, 0);
    }

    private double shift(double least, double largest) {
        if (n * TOLERANCE * (least / largest) <= Math.max(EPS, 0.01 * TOLERANCE)) {
            return 0;
        }
        double head = Math.abs(d[at(0)]);
        int size = high - low;
        double shift = smallerValue(
                d[Math.min(at(size - 1), at(size))], e[off(size - 1)], d[Math.max(at(size - 1), at(size))]);
        double ratio = head > 0 ? shift / head : 1;
        return head > 0 && ratio * ratio < EPS ? 0 : shift;
    }

    private void sweepWithoutShift() {
        int size = high - low;
        double c = 1;
        second.c = 1;
        second.s = 0;
        for (int i = 0; i < size; i++) {
            first.makeLike(d[at(i)] * c, e[off(i)]);
            c = first.c;
            if (i > 0) {
                e[off(i - 1)] = second.s * first.r;
            }
            double carried = second.c;
            second.makeLike(carried * first.r, d[at(i + 1)] * first.s);
            d[at(i)] = second.r;
            rotate(i);
        }
        double h = d[at(size)] * c;
        d[at(size)] = h * second.c;
        e[off(size - 1)] = h * second.s;
    }

    private void sweep(double shift) {
        int size = high - low;
        double head = d[at(0)];
        double f = (Math.abs(head) - shift) * (Math.copySign(1, head) + shift / head);
        double g = e[off(0)];
        for (int i = 0; i < size; i++) {
            first.makeLike(f, g);
            if (i > 0) {
                e[off(i - 1)] = first.r;
            }
            int p = at(i);
            int q = at(i + 1);
            int x = off(i);
            f = first.c * d[p] + first.s * e[x];
            e[x] = first.c * e[x] - first.s * d[p];
            g = first.s * d[q];
            d[q] = first.c * d[q];
            second.makeLike(f, g);
            d[p] = second.r;
            f = second.c * e[x] + second.s * d[q];
            d[q] = second.c * d[q] - second.s * e[x];
            if (i < size - 1) {
                g = second.s * e[off(i + 1)];
                e[off(i + 1)] = second.c * e[off(i + 1)];
            }
            rotate(i);
        }
        e[off(size - 1)] = f;
    }

    /**
     * Downwards the first rotation belongs to the right vectors and the second to the left ones; upwards the other
     * way round.
     */
    private void rotate(int i) {
        Rotation r = down ? first : second;
        Rotation l = down ? second : first;
        right.rotate(at(i), at(i + 1), r.c, r.s);
        left.rotate(at(i), at(i + 1), l.c, l.s);
    }

    /** The smaller singular value of [[f, g], [0, h]]. */
    private static double smallerValue(double f, double g, double h) {
        double fa = Math.abs(f);
        double ga = Math.abs(g);
        double ha = Math.abs(h);
        double small = Math.min(fa, ha);
        double large = Math.max(fa, ha);
        if (small == 0) {
            return 0;
        }
        if (ga < large) {
            double as = 1 + small / large;
            double at = (large - small) / large;
            double au = ga / large * (ga / large);
            return small * (2 / (StrictMath.sqrt(as * as + au) + StrictMath.sqrt(at * at + au)));
        }
        double au = large / ga;
        if (au == 0) {
            return small * large / ga;
        }
        double as = (1 + small / large) * au;
        double at = (large - small) / large * au;
        return 2 * (small * (1 / (StrictMath.sqrt(1 + as * as) + StrictMath.sqrt(1 + at * at)))) * au;
    }

    /** Decomposes the 2 x 2 block at l, [[f, g], [0, h]] (Demmel and Kahan; LAPACK's lasv2). */
    private void pair(int l) {
        double f = d[l];
        double g = e[l];
        double h = d[l + 1];
        boolean swap = Math.abs(h) > Math.abs(f);
        double ft = swap ? h : f;
        double ht = swap ? f : h;
        double fa = Math.abs(ft);
        double ha = Math.abs(ht);
        double ga = Math.abs(g);
        int largestIs = swap ? 3 : 1;
        double min;
        double max;
        double cl;
        double cr;
        double sl;
        double sr;
        if (ga == 0) {
            min = ha;
            max = fa;
            cl = 1;
            cr = 1;
            sl = 0;
            sr = 0;
        } else if (ga > fa && fa / ga < EPS) {
            largestIs = 2;
            max = ga;
            min = ha > 1 ? fa / (ga / ha) : fa / ga * ha;
            cl = 1;
            sl = ht / g;
            sr = 1;
            cr = ft / g;
        } else {
            if (ga > fa) {
                largestIs = 2;
            }
            double difference = fa - ha;
            double a = difference == fa ? 1 : difference / fa;
            double m = g / ft;
            double t = 2 - a;
            double mm = m * m;
            double tt = t * t;
            double root = StrictMath.sqrt(tt + mm);
            double r = a == 0 ? Math.abs(m) : StrictMath.sqrt(a * a + mm);
            double half = 0.5 * (root + r);
            min = ha / half;
            max = fa * half;
            if (mm == 0) {
                t = a == 0 ? Math.copySign(2, ft) * Math.copySign(1, g) : g / Math.copySign(difference, ft) + m / t;
            } else {
                t = (m / (root + t) + m / (r + a)) * (1 + half);
            }
            double hypotenuse = StrictMath.sqrt(t * t + 4);
            cr = 2 / hypotenuse;
            sr = t / hypotenuse;
            cl = (cr + sr * m) / half;
            sl = ht / ft * sr / half;
        }
        double cosLeft = swap ? sr : cl;
        double sinLeft = swap ? cr : sl;
        double cosRight = swap ? sl : cr;
        double sinRight = swap ? cl : sr;
        double sign = switch (largestIs) {
            case 1 -> Math.copySign(1, cosRight) * Math.copySign(1, cosLeft) * Math.copySign(1, f);
            case 2 -> Math.copySign(1, sinRight) * Math.copySign(1, cosLeft) * Math.copySign(1, g);
            default -> Math.copySign(1, sinRight) * Math.copySign(1, sinLeft) * Math.copySign(1, h);
        };
        d[l] = Math.copySign(max, sign);
        d[l + 1] = Math.copySign(min, sign * Math.copySign(1, f) * Math.copySign(1, h));
        e[l] = 0;
        right.rotate(l, l + 1, cosRight, sinRight);
        left.rotate(l, l + 1, cosLeft, sinLeft);
    }

    private void sort() {
        for (int end = n - 1; end > 0; end--) {
            int k = 0;
            for (int j = 1; j <= end; j++) {
                if (d[j] <= d[k]) {
                    k = j;
                }
            }
            if (k != end) {
                double t = d[k];
                d[k] = d[end];
                d[end] = t;
                right.swap(k, end);
                left.swap(k, end);
            }
        }
    }
}
