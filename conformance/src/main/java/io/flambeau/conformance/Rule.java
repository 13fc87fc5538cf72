package io.flambeau.conformance;

import java.util.HashMap;
import java.util.Map;

/**
 * The one table of exceptions: every widened tolerance, every layout left out and every case not compared, with its
 * reason.
 *
 * @param reason why
 * @param chain whether the half types are compared as a chain of operations
 * @param sum whether the absolute tolerance grows with the largest input
 * @param factor by how much the tolerance is widened
 * @param what what is not compared
 */
record Rule(String reason, boolean chain, boolean sum, double factor, Without what) {
    /** What is not compared. */
    enum Without {
        NOTHING,
        /** Strided layouts. */
        STRIDES,
        /** Elements where PyTorch has NaN or an infinity. */
        OVERFLOW,
        /** The whole case. */
        ALL
    }

    private static final Rule NONE = new Rule("", false, false, 1, Without.NOTHING);

    private static Rule chain(String reason) {
        return new Rule(reason, true, false, 1, Without.NOTHING);
    }

    private static Rule sum(String reason) {
        return new Rule(reason, false, true, 1, Without.NOTHING);
    }

    private static Rule chainOfSums(String reason) {
        return new Rule(reason, true, true, 1, Without.NOTHING);
    }

    private static Rule widened(String reason, double factor) {
        return new Rule(reason, false, false, factor, Without.NOTHING);
    }

    private static Rule without(Without what, String reason) {
        return new Rule(reason, true, true, 1, what);
    }

    private Rule times(double wider) {
        return new Rule(reason, chain, sum, factor * wider, what);
    }

    /** By case, else by operation and dtype, else by operation and {@code half}, else by operation. */
    private static final Map<String, Rule> TABLE = new HashMap<>();

    private static void row(Rule rule, String... cases) {
        for (String c : cases) {
            TABLE.put(c, rule);
        }
    }

    static {
        row(
                without(Without.STRIDES, "a view of this shape needs the strides that PyTorch's input had"),
                "view",
                "view_as");
        for (String window : new String[] {
            "bartlett",
            "blackman",
            "cosine",
            "exponential",
            "gaussian",
            "general_cosine",
            "general_hamming",
            "hamming",
            "hann",
            "kaiser",
            "nuttall"
        }) {
            row(
                    without(Without.ALL, "the case asks for a sparse layout, which the file does not say"),
                    "signal.windows." + window + ".error.1");
        }

        row(sum("sums of products of many terms that cancel").times(4), "cov");
        row(
                sum("float32 sums of many terms that cancel: PyTorch is as far from float64")
                        .times(2),
                "nn.functional.conv3d float32",
                "nn.functional.conv_transpose3d float32",
                "nn.functional.conv_transpose3d complex64",
                "nn.functional.scaled_dot_product_attention float32");
        row(
                widened("PyTorch factors in float32, we in float64; the gradient magnifies its error", 10),
                "linalg.svd float32",
                "svd float32",
                "linalg.lstsq float32",
                "linalg.lstsq complex64",
                "linalg.pinv float32",
                "linalg.pinv complex64",
                "pinverse float32",
                "pinverse complex64");
        row(
                widened("the slope of a layer of one element is 0: what is left is rounding", 5),
                "nn.functional.layer_norm float32");
        row(
                widened("PyTorch's series in float32 errs in proportion to the largest element", 50),
                "matrix_exp float32",
                "matrix_exp complex64");
        row(
                widened("PyTorch adds up in float32 and errs; ours is what it computes in float64", 20),
                "nn.CTCLoss float32");
        row(
                widened(
                        "PyTorch takes exponentials of complex numbers in float32, ours are good to its last digit",
                        2000),
                "logsumexp complex64");

        row(
                widened("PyTorch's values err by up to 7.5e-7 between 4 and 9.1", 800),
                "special.bessel_j0 float64",
                "special.bessel_j1 float64",
                "special.bessel_y0 float64",
                "special.bessel_y1 float64");
        row(widened("PyTorch's values err by up to 2.4e-6 between -3.2 and -2.1", 2500), "special.airy_ai float64");
        row(widened("PyTorch's slope is 1 / 6 in float32", 30), "nn.functional.hardsigmoid float64");
        row(
                without(Without.OVERFLOW, "PyTorch's slope under the infinity norm is NaN for complex numbers"),
                "renorm complex64");

        row(
                chain("PyTorch rounds every step to half precision; ours is float32 inside"),
                "gradient",
                "linalg.multi_dot half",
                "logsumexp half",
                "masked.log_softmax half",
                "masked.logsumexp half",
                "masked.prod half",
                "mvlgamma half",
                "nn.functional.binary_cross_entropy half",
                "nn.functional.cross_entropy half",
                "nn.functional.gaussian_nll_loss half",
                "nn.functional.huber_loss half",
                "nn.functional.kl_div half",
                "nn.functional.mse_loss half",
                "nn.functional.multilabel_soft_margin_loss half",
                "nn.functional.soft_margin_loss bfloat16",
                "prod half",
                "trapezoid half",
                "trapz half");
        row(
                chain("PyTorch adds up the series of these functions in half precision"),
                "polygamma half",
                "special.i0e half",
                "special.polygamma half");
        Rule sums = chainOfSums("PyTorch sums in half precision; ours is float32 inside");
        row(
                sums,
                "linalg.vecdot half",
                "log_softmax half",
                "nn.functional.adaptive_avg_pool3d half",
                "nn.functional.embedding_bag half",
                "nn.functional.hinge_embedding_loss half",
                "nn.functional.interpolate half",
                "nn.functional.poisson_nll_loss half",
                "nn.functional.scaled_dot_product_attention half",
                "nn.functional.triplet_margin_loss half",
                "nn.functional.triplet_margin_with_distance_loss half",
                "tensordot half");
        row(
                sums.times(2),
                "nn.functional.binary_cross_entropy_with_logits half",
                "nn.functional.conv_transpose1d half",
                "nn.functional.conv_transpose2d half",
                "nn.functional.conv_transpose3d half");
        row(sums.times(3), "nn.functional.grid_sample half");
        row(
                chainOfSums("PyTorch rounds mean and variance to half precision"),
                "nn.functional.batch_norm half",
                "nn.functional.instance_norm half");
        row(
                chain("PyTorch's 1 + erf has no digits left in the tails of half precision"),
                "nn.functional.gelu half",
                "special.ndtr half");
        row(
                without(Without.OVERFLOW, "PyTorch's half precision overflows on the way; ours is float32 inside"),
                "matrix_exp half",
                "nn.functional.soft_margin_loss float16");
        row(
                without(
                                Without.OVERFLOW,
                                "PyTorch's norms overflow or cancel in half precision; ours are float32 inside")
                        .times(2),
                "nn.functional.normalize half");
    }

    static Rule of(GoldenCase c) {
        return of(c.op(), c.id(), c.dtype());
    }

    /** The rule of an operation, or of a module as {@code nn.CTCLoss}. */
    static Rule of(String op, String id, String dtype) {
        String half = dtype.endsWith("float16") ? op + " half" : "";
        for (String key : new String[] {id, op + " " + dtype, half, op}) {
            Rule rule = TABLE.get(key);
            if (rule != null) {
                return rule;
            }
        }
        return NONE;
    }

    boolean skip() {
        return what == Without.ALL;
    }

    boolean finiteOnly() {
        return what == Without.OVERFLOW;
    }

    boolean contiguousOnly() {
        return what == Without.STRIDES;
    }

    /** The distance scale for sums: the largest finite absolute value, or 1. */
    static double scale(double[] values) {
        double largest = 1;
        for (double x : values) {
            largest = Double.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
        }
        return largest;
    }
}
