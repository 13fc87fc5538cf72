package io.flambeau.tck;

import io.flambeau.tck.sample.Prepared;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The operations from real or complex values to such values that law 10 checks by no sample, each with its reason; but
 * for those that refuse their gradients, which law 4 asks for. A test fails for an operation that is missing here, and
 * for one that is here without need.
 */
final class NoSecondGradient {
    private static final String UNTRACKED = "gives what does not require grad, in PyTorch too";
    private static final String STEP = "is a step of an optimizer, which nothing is differentiated through";
    private static final String CTC =
            "its gradient, which is not its slope, has none, in PyTorch neither; asking for it" + " fails";

    /** By class, or by class and constant. */
    static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry("AdagradStep", STEP),
            Map.entry("AdamStep", STEP),
            Map.entry("CtcLoss", CTC),
            Map.entry("OrthogonalPolynomial", UNTRACKED),
            Map.entry("RmsPropStep", STEP),
            Map.entry("SgdStep", STEP),
            Map.entry("SpecialFunction.AIRY_AI", UNTRACKED),
            Map.entry("Unary.LOGICAL_NOT", UNTRACKED),
            Map.entry("ViewDType", UNTRACKED)));

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
            if (anyDifferentiable(in) && anyDifferentiable(out) && !refuses(c, in, out)) {
                (Gradients.isChecked(c, in, out) ? checked : unchecked).add(name(c.op()));
            }
        }
    }

    private static boolean refuses(Case c, Tensor[] in, Tensor[] out) {
        Pullback pullback = c.here(() -> c.op().pullback(in, out));
        boolean refuses = pullback != null;
        for (int i = 0; refuses && i < in.length; i++) {
            refuses = !in[i].dtype().isDifferentiable() || pullback.refuses(i);
        }
        return refuses;
    }

    private static String name(Op op) {
        if (op instanceof Prepared prepared) {
            return name(prepared.op());
        }
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
