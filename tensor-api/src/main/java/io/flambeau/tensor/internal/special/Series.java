package io.flambeau.tensor.internal.special;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Evaluation of polynomials in the monomial and the Chebyshev basis. */
public final class Series {
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

    /** A table of numbers in C, as wide as functions are computed there. */
    static String table(String name, double... values) {
        return Arrays.stream(values)
                .mapToObj(Double::toString)
                .collect(Collectors.joining(
                        ", ",
                        "CONSTANT_ARRAY(W, " + name + ") = {",
                        "};\n#define " + name + "_COUNT " + values.length + "\n"));
    }

    /** The same in C, for tables that are named; see Note [Functions in C]. */
    public static String c() {
        return """
                INLINE W sf_chebyshev(CONSTANT_PTR(W) c, i32 count, W t) {
                    W b1 = 0;
                    W b2 = 0;
                    for (i32 k = count - 1; k > 0; k--) {
                        W b0 = 2 * t * b1 - b2 + c[k];
                        b2 = b1;
                        b1 = b0;
                    }
                    return t * b1 - b2 + c[0];
                }
                INLINE W sf_power(CONSTANT_PTR(W) c, i32 count, W x) {
                    W sum = c[count - 1];
                    for (i32 k = count - 2; k >= 0; k--) {
                        sum = sum * x + c[k];
                    }
                    return sum;
                }
                #define CHEBYSHEV(table, t) sf_chebyshev(table, table##_COUNT, t)
                #define POWER(table, x) sf_power(table, table##_COUNT, x)
                """;
    }
}
