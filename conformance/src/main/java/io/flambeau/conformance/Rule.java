package io.flambeau.conformance;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one table of exceptions: every widened tolerance, every layout left out and every case not compared, with its
 * reason.
 *
 * @param reason why
 * @param chain whether the half types are compared as a chain of operations
 * @param sum whether the absolute tolerance grows with the largest input
 * @param factor by how much the tolerance is widened
 * @param contiguousOnly whether strided layouts are left out
 * @param skip whether nothing is compared
 */
record Rule(String reason, boolean chain, boolean sum, double factor, boolean contiguousOnly, boolean skip) {
    private static final Rule NONE = new Rule("", false, false, 1, false, false);

    private static Rule chain(String reason) {
        return new Rule(reason, true, false, 1, false, false);
    }

    private static Rule sum(String reason) {
        return new Rule(reason, false, true, 1, false, false);
    }

    private static Rule contiguousOnly(String reason) {
        return new Rule(reason, false, false, 1, true, false);
    }

    private static Rule skip(String reason) {
        return new Rule(reason, false, false, 1, false, true);
    }

    private static final String VIEW = "a view of this shape needs the strides that PyTorch's input had";

    /** By case, else by operation. */
    private static final Map<String, Rule> TABLE = Map.of(
            "view", contiguousOnly(VIEW),
            "view_as", contiguousOnly(VIEW));

    static Rule of(GoldenCase c) {
        Rule exact = TABLE.get(c.id());
        return exact != null ? exact : TABLE.getOrDefault(c.op(), NONE);
    }

    /** The distance scale for sums: the largest finite absolute value among the inputs. */
    double scale(double @Nullable [] inputs) {
        double largest = 1;
        if (sum && inputs != null) {
            for (double x : inputs) {
                largest = Double.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
            }
        }
        return largest;
    }
}
