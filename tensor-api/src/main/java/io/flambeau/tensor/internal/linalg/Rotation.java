package io.flambeau.tensor.internal.linalg;

/**
 * A plane rotation: c f + s g = r, c g - s f = 0. Mutable: the iterations make millions.
 *
 * <p>The sign of r is free, and those of singular and eigenvectors follow it; the two rules are those of LAPACK's
 * lartg before and since version 3.10.
 */
final class Rotation {
    double c;
    double s;
    double r;

    /** r is positive, unless |f| exceeds |g|: then it has the sign of f. */
    void make(double f, double g) {
        if (g == 0) {
            set(1, 0, f);
        } else if (f == 0) {
            set(0, 1, g);
        } else {
            double d = length(f, g);
            if (f < 0 && Math.abs(f) > Math.abs(g)) {
                d = -d;
            }
            set(f / d, g / d, d);
        }
    }

    /** r has the sign of f. */
    void makeLike(double f, double g) {
        if (g == 0) {
            set(1, 0, f);
        } else if (f == 0) {
            set(0, Math.copySign(1, g), Math.abs(g));
        } else {
            double d = Math.copySign(length(f, g), f);
            set(f / d, g / d, d);
        }
    }

    /** The square root of f f + g g; where squares would overflow or vanish, by way of a scale. */
    static double length(double f, double g) {
        double squares = f * f + g * g;
        return squares > 1e-280 && squares < 1e280 ? StrictMath.sqrt(squares) : StrictMath.hypot(f, g);
    }

    private void set(double cosine, double sine, double length) {
        c = cosine;
        s = sine;
        r = length;
    }

    /** Rows x and y become c x + s y and c y - s x; real rotations act alike on real and complex rows. */
    static void apply(double c, double s, int doubles, double[] a, int x, int y) {
        for (int k = 0; k < doubles; k++) {
            double t = c * a[x + k] + s * a[y + k];
            a[y + k] = c * a[y + k] - s * a[x + k];
            a[x + k] = t;
        }
    }
}
