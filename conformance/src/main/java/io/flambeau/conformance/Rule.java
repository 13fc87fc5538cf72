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

    private static Rule chainOfSums(String reason) {
        return new Rule(reason, true, true, 1, false, false);
    }

    private static Rule contiguousOnly(String reason) {
        return new Rule(reason, false, false, 1, true, false);
    }

    private static Rule skip(String reason) {
        return new Rule(reason, false, false, 1, false, true);
    }

    private static final String VIEW = "a view of this shape needs the strides that PyTorch's input had";

    private static final String CANCELS = "sums of products of many terms that cancel";
    private static final String STEPS = "PyTorch rounds several steps of half precision";
    private static final String SPARSE = "the case asks for a sparse layout, which the file does not say";
    private static final String HALF_OVERFLOW = "PyTorch's half precision overflows on the way; ours is float32 inside";
    private static final String SERIES = "PyTorch's series in float32 errs in proportion to the largest element";
    private static final String BESSEL = "PyTorch's values err by up to 7.5e-7 between 4 and 9.1";
    private static final String AIRY = "PyTorch's values err by up to 2.4e-6 between -3.2 and -2.1";
    private static final String ROUNDED_FACTORS = "PyTorch multiplies a factorial and a zeta function, each rounded";
    private static final String NDTR = "PyTorch's (1 + erf) / 2 has no digits left in the tails of half precision";
    private static final String ALIGNMENTS = "PyTorch adds up the logarithms of alignments in float32, we in float64";
    private static final String POLES = "PyTorch loses digits of float32 beside the poles";
    private static final String FACTORS = "PyTorch factors in float32, we in float64; the gradient magnifies its error";

    private static final String HALF_SUMS = "PyTorch sums in half precision; ours is float32 inside";
    private static final String HALF_STEPS = "PyTorch rounds every step to half precision; ours is float32 inside";
    private static final String HALF_STATISTICS = "PyTorch rounds mean and variance to half precision";
    private static final String HALF_PLACES = "PyTorch finds the places to sample in half precision";
    private static final String HALF_BINS = "PyTorch finds the bins in half precision";
    private static final String FLOAT_SIXTH = "PyTorch's slope is 1 / 6 in float32";
    private static final String MANY_TERMS = "float32 sums of many terms that cancel: PyTorch is as far from float64";

    /** By case, else by operation and dtype, else by operation. */
    private static final Map<String, Rule> TABLE = Map.ofEntries(
            Map.entry("nn.CTCLoss float32", widened(ALIGNMENTS, 20)),
            Map.entry("view", contiguousOnly(VIEW)),
            Map.entry("view_as", contiguousOnly(VIEW)),
            Map.entry("cov", new Rule(CANCELS, false, true, 4, false, false)),
            Map.entry("gradient", chain(STEPS)),
            Map.entry("prod", chain(STEPS)),
            Map.entry("linspace", chain(STEPS)),
            Map.entry("logspace", new Rule(STEPS, true, false, 2, false, false)),
            Map.entry("histc float16", skip(HALF_BINS)),
            Map.entry("histc bfloat16", skip(HALF_BINS)),
            Map.entry("log_softmax float16", chainOfSums(STEPS)),
            Map.entry("log_softmax bfloat16", chainOfSums(STEPS)),
            Map.entry("signal.windows.bartlett.error.1", skip(SPARSE)),
            Map.entry("signal.windows.blackman.error.1", skip(SPARSE)),
            Map.entry("signal.windows.cosine.error.1", skip(SPARSE)),
            Map.entry("signal.windows.exponential.error.1", skip(SPARSE)),
            Map.entry("signal.windows.gaussian.error.1", skip(SPARSE)),
            Map.entry("signal.windows.general_cosine.error.1", skip(SPARSE)),
            Map.entry("signal.windows.general_hamming.error.1", skip(SPARSE)),
            Map.entry("signal.windows.hamming.error.1", skip(SPARSE)),
            Map.entry("signal.windows.hann.error.1", skip(SPARSE)),
            Map.entry("signal.windows.kaiser.error.1", skip(SPARSE)),
            Map.entry("signal.windows.nuttall.error.1", skip(SPARSE)),
            Map.entry("matrix_exp float32", widened(SERIES, 100)),
            Map.entry("matrix_exp complex64", widened(SERIES, 100)),
            Map.entry("matrix_exp float16", skip(HALF_OVERFLOW)),
            Map.entry("matrix_exp bfloat16", skip(HALF_OVERFLOW)),
            Map.entry("special.bessel_j0 float64", widened(BESSEL, 800)),
            Map.entry("special.bessel_j1 float64", widened(BESSEL, 800)),
            Map.entry("special.bessel_y0 float64", widened(BESSEL, 800)),
            Map.entry("special.bessel_y1 float64", widened(BESSEL, 800)),
            Map.entry("special.airy_ai float64", widened(AIRY, 2500)),
            Map.entry("polygamma", chain(ROUNDED_FACTORS)),
            Map.entry("special.polygamma", chain(ROUNDED_FACTORS)),
            Map.entry("special.ndtr float16", skip(NDTR)),
            Map.entry("special.ndtr bfloat16", skip(NDTR)),
            Map.entry("polygamma float32", widened(POLES, 10)),
            Map.entry("special.polygamma float32", widened(POLES, 10)),
            Map.entry("digamma float32", widened(POLES, 10)),
            Map.entry("linalg.householder_product float32", widened(FACTORS, 10)),
            Map.entry("linalg.svd float32", widened(FACTORS, 10)),
            Map.entry("svd float32", widened(FACTORS, 10)),
            Map.entry("linalg.lstsq float32", widened(FACTORS, 10)),
            Map.entry("masked.log_softmax float16", chain(HALF_STEPS)),
            Map.entry("masked.log_softmax bfloat16", chain(HALF_STEPS)),
            Map.entry("nn.functional.adaptive_avg_pool3d float16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.adaptive_avg_pool3d bfloat16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.batch_norm float16", chainOfSums(HALF_STATISTICS)),
            Map.entry("nn.functional.batch_norm bfloat16", chainOfSums(HALF_STATISTICS)),
            Map.entry("nn.functional.instance_norm float16", chainOfSums(HALF_STATISTICS)),
            Map.entry("nn.functional.instance_norm bfloat16", chainOfSums(HALF_STATISTICS)),
            Map.entry("nn.functional.conv_transpose1d float16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.conv_transpose1d bfloat16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.conv_transpose2d float16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.conv_transpose2d bfloat16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.conv_transpose3d float16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.conv_transpose3d bfloat16", chainOfSums(HALF_SUMS)),
            Map.entry("nn.functional.binary_cross_entropy float16", chain(HALF_STEPS)),
            Map.entry("nn.functional.binary_cross_entropy bfloat16", chain(HALF_STEPS)),
            Map.entry(
                    "nn.functional.binary_cross_entropy_with_logits float16",
                    new Rule(HALF_STEPS, true, true, 3, false, false)),
            Map.entry(
                    "nn.functional.binary_cross_entropy_with_logits bfloat16",
                    new Rule(HALF_STEPS, true, true, 3, false, false)),
            Map.entry("nn.functional.interpolate float16", chain(HALF_STEPS)),
            Map.entry("nn.functional.interpolate bfloat16", chain(HALF_STEPS)),
            Map.entry("nn.functional.scaled_dot_product_attention float16", chain(HALF_STEPS)),
            Map.entry("nn.functional.scaled_dot_product_attention bfloat16", chain(HALF_STEPS)),
            Map.entry("nn.functional.hinge_embedding_loss float16", chainOfSums(HALF_STEPS)),
            Map.entry("nn.functional.hinge_embedding_loss bfloat16", chainOfSums(HALF_STEPS)),
            Map.entry("nn.functional.grid_sample float16", skip(HALF_PLACES)),
            Map.entry("nn.functional.grid_sample bfloat16", skip(HALF_PLACES)),
            Map.entry("nn.functional.soft_margin_loss float16", skip(HALF_OVERFLOW)),
            Map.entry("nn.functional.soft_margin_loss bfloat16", chain(HALF_STEPS)),
            Map.entry("nn.functional.hardsigmoid float64", widened(FLOAT_SIXTH, 10)),
            Map.entry("nn.functional.conv_transpose3d float32", sum(MANY_TERMS)),
            Map.entry("nn.functional.scaled_dot_product_attention float32", sum(MANY_TERMS)));

    private static Rule widened(String reason, double factor) {
        return new Rule(reason, false, false, factor, false, false);
    }

    static Rule of(GoldenCase c) {
        return of(c.op(), c.id(), c.dtype());
    }

    /** The rule of an operation, or of a module as {@code nn.CTCLoss}. */
    static Rule of(String op, String id, String dtype) {
        Rule exact = TABLE.get(id);
        Rule typed = exact != null ? exact : TABLE.get(op + " " + dtype);
        return typed != null ? typed : TABLE.getOrDefault(op, NONE);
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
