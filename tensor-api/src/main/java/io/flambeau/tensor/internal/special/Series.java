package io.flambeau.tensor.internal.special;

/** Evaluation of polynomials in the monomial and the Chebyshev basis. */
final class Series {
    private Series() {}

    /** Sum of c[k] T_k(t) for t in [-1, 1], by Clenshaw's recurrence. */
    static double chebyshev(double[] c, double t) {
        double twice = 2 * t;
        double b1 = 0;
        double b2 = 0;
        for (int k = c.length - 1; k > 0; k--) {
            double b0 = twice * b1 - b2 + c[k];
            b2 = b1;
            b1 = b0;
        }
        return t * b1 - b2 + c[0];
    }

    /** Sum of c[k] x^k, by Horner's rule. */
    static double power(double[] c, double x) {
        double sum = c[c.length - 1];
        for (int k = c.length - 2; k >= 0; k--) {
            sum = sum * x + c[k];
        }
        return sum;
    }
}
