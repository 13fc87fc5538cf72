package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The operations from real or complex values to such values that law 10 checks by no sample, each with its reason. A
 * test fails for an operation that is missing here, and for one that is here without need.
 */
final class NoSecondGradient {
    private static final String NONE = "has no first gradient, in PyTorch neither";
    private static final String CONSTANT = "is constant by pieces";
    private static final String STEP = "is a step of an optimizer, which nothing is differentiated through";
    private static final String STRUCTURE = "is defined for symmetric or definite inputs, or up to a phase, so that"
            + " differences of single elements mean nothing; checked twice through Linalg in the tests of autograd";
    private static final String CTC = "its gradient has none, in PyTorch neither; asking for it fails with FB-306";

    /** By class, or by class and constant. */
    static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry("AdagradStep", STEP),
            Map.entry("AdamStep", STEP),
            Map.entry("BinaryFunction.HEAVISIDE", NONE),
            Map.entry("Bincount", NONE),
            Map.entry("Cholesky", STRUCTURE),
            Map.entry("CtcLoss", CTC),
            Map.entry("CtcLossBackward", CTC),
            Map.entry("Eigh", STRUCTURE),
            Map.entry("Geqrf", NONE),
            Map.entry("Histogram", NONE),
            Map.entry("LdlFactor", NONE),
            Map.entry("LdlSolve", NONE),
            Map.entry("OrthogonalPolynomial", NONE),
            Map.entry("Pinv", STRUCTURE),
            Map.entry("Poisson", CONSTANT),
            Map.entry("Qr", STRUCTURE),
            Map.entry("RmsPropStep", STEP),
            Map.entry("SgdStep", STEP),
            Map.entry("SpecialFunction.AIRY_AI", NONE),
            Map.entry("Spectrum.EIGVALSH", STRUCTURE),
            Map.entry("Spectrum.EIGVALSH_UPPER", STRUCTURE),
            Map.entry("Unary.LOGICAL_NOT", CONSTANT),
            Map.entry("ViewDType", "shows the bits of a value, which have no slope")));

    private NoSecondGradient() {}

    /** The operations among the samples that law 10 leaves out, named as in the table. */
    static Set<String> among(List<Sample> samples) {
        Set<String> unchecked = new TreeSet<>();
        Set<String> checked = new TreeSet<>();
        for (Sample sample : samples) {
            for (DType dtype : Law.SECOND_GRADIENT.dtypes()) {
                Case c = new Case(sample, dtype, Layout.CONTIGUOUS, Case.REFERENCE);
                if (c.isDefined()) {
                    note(c, checked, unchecked);
                }
            }
        }
        unchecked.removeAll(checked);
        return unchecked;
    }

    private static void note(Case c, Set<String> checked, Set<String> unchecked) {
        try (Scope _ = Scope.open("case")) {
            Tensor[] in = c.inputs();
            Tensor[] out = c.run(in);
            if (anyDifferentiable(in) && anyDifferentiable(out)) {
                (Gradients.isChecked(c, in, out) ? checked : unchecked).add(name(c.op()));
            }
        }
    }

    private static String name(Op op) {
        if (!(op instanceof Enum<?> constant)) {
            return op.getClass().getSimpleName();
        }
        String type = constant.getDeclaringClass().getSimpleName();
        return REASONS.containsKey(type) ? type : type + "." + constant.name();
    }

    private static boolean anyDifferentiable(Tensor[] tensors) {
        for (Tensor t : tensors) {
            if (t.dtype().isDifferentiable()) {
                return true;
            }
        }
        return false;
    }
}
