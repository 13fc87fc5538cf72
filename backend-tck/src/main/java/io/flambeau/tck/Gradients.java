package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.NoBackendException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Law 4: what an operation's gradient rule gives equals the slope of (cotangent · outputs), found by central differences
 * in F64 or C128; and, where an engine of gradients is there, so does what the engine gives, also of plain derived
 * operations.
 *
 * <p>For complex inputs the gradient is slope along the real axis + i slope along the imaginary axis, as in PyTorch.
 */
final class Gradients {
    private static final double STEP = 1e-6;

    private Gradients() {}

    static void check(Case c) {
        Tensor[] in = c.inputs();
        Tensor[] out = c.run(in);
        Pullback pullback = c.here(() -> c.op().pullback(in, out));
        if (pullback != null) {
            Captures.assertNone(pullback);
            assertRefused(c, pullback, in);
        }
        if (!isChecked(c, in, out)) {
            return;
        }
        boolean[] needs = needs(c, in, out);
        Tensor[] cotangents = cotangents(c, out);
        double[][] numeric = null;
        if (pullback != null) {
            numeric = numeric(c, in, needs, cotangents);
            @Nullable Tensor[] rule =
                    c.here(() -> Tensors.noGrad(() -> pullback.rule().apply(cotangents, pullback.saved(), needs)));
            assertEqual("the rule's gradient of input ", in, rule, needs, numeric);
        }
        if (engineIsThere(c)) {
            numeric = numeric == null ? numeric(c, in, needs, cotangents) : numeric;
            assertEqual("the engine's gradient of input ", in, engine(c, needs, cotangents), needs, numeric);
        }
    }

    /** Whether the sample's operation has a gradient, and the sample is one to check it by. */
    static boolean isChecked(Case c, Tensor[] in, Tensor[] out) {
        boolean plain = c.op() instanceof Derived && !(c.op() instanceof Derived.WithGradient);
        return any(needs(c, in, out))
                && hasGradient(c, out)
                && (plain || c.here(() -> c.op().pullback(in, out)) != null);
    }

    /** Where a gradient is refused, the result is tracked, and asking for the gradient fails with the operation's name. */
    private static void assertRefused(Case c, Pullback pullback, Tensor[] in) {
        for (int i = 0; i < in.length; i++) {
            if (in[i].dtype().isDifferentiable() && pullback.refuses(i) && engineIsThere(c)) {
                Tensor[] leaves = c.inputs();
                leaves[i].requiresGrad(true);
                Tensor out = c.run(leaves)[0];
                try {
                    c.here(() -> {
                        out.backward(out.onesLike());
                        return out;
                    });
                } catch (GradientException e) {
                    Laws.assertForm(e);
                    if (e.fault() == Fault.NOT_DIFFERENTIABLE && e.getMessage().startsWith(c.op().title() + ":")) {
                        continue;
                    }
                    throw e;
                }
                throw new AssertionError("the gradient of input " + i + " was not refused");
            }
        }
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    /** Inputs that follow from others have no slope of their own, and some have none at all. */
    static boolean[] needs(Case c, Tensor[] in, Tensor[] out) {
        Pullback pullback = c.here(() -> c.op().pullback(in, out));
        boolean[] needs = new boolean[in.length];
        for (int i = 0; i < in.length; i++) {
            needs[i] = in[i].dtype().isDifferentiable()
                    && c.sample().inputs().get(i).from() == null
                    && !c.sample().holds(i)
                    && (pullback == null || !pullback.refuses(i));
        }
        return needs;
    }

    private static boolean hasGradient(Case c, Tensor[] out) {
        for (int i = 0; i < out.length; i++) {
            if (out[i].dtype().isDifferentiable() && c.sample().flows(i)) {
                return true;
            }
        }
        return false;
    }

    /** Random cotangents of the outputs that gradients flow back through, zeros of the others, null of integers. */
    static Tensor[] cotangents(Case c, Tensor[] out) {
        Tensor[] cotangents = new Tensor[out.length];
        for (int i = 0; i < out.length; i++) {
            if (out[i].dtype().isDifferentiable()) {
                int parts = out[i].dtype().isComplex() ? 2 : 1;
                double[] data = new double[(int) out[i].count() * parts];
                if (c.sample().flows(i)) {
                    Random random = new Random(97 + i);
                    Arrays.setAll(data, k -> random.nextDouble(-1, 1));
                }
                cotangents[i] =
                        Input.tensor(data, out[i].dtype(), out[i].shape()).to(out[i].device());
            }
        }
        return cotangents;
    }

    /** The slope of each needed input's elements; pairs for complex ones; null where none is needed. */
    private static double[][] numeric(Case c, Tensor[] in, boolean[] needs, Tensor[] cotangents) {
        double[][] slopes = new double[in.length][];
        for (int i = 0; i < in.length; i++) {
            if (needs[i]) {
                double[] values = Comparison.values(in[i]);
                slopes[i] = new double[values.length];
                for (int k = 0; k < values.length; k++) {
                    double above = shifted(c, in, i, values, k, STEP, cotangents);
                    double below = shifted(c, in, i, values, k, -STEP, cotangents);
                    slopes[i][k] = (above - below) / (2 * STEP);
                }
            }
        }
        return slopes;
    }

    private static double shifted(
            Case c, Tensor[] in, int input, double[] values, int at, double by, Tensor[] cotangents) {
        double[] moved = values.clone();
        moved[at] += by;
        Tensor[] all = in.clone();
        Shape shape = in[input].shape();
        all[input] = Input.tensor(moved, in[input].dtype(), shape).to(c.device());
        Tensor[] out = c.run(c.derived(all));
        double sum = 0;
        for (int o = 0; o < out.length; o++) {
            if (cotangents[o] != null) {
                double[] y = Comparison.values(out[o]);
                double[] v = Comparison.values(cotangents[o]);
                for (int k = 0; k < y.length; k++) {
                    sum += v[k] == 0 ? 0 : y[k] * v[k];
                }
            }
        }
        return sum;
    }

    private static void assertEqual(
            String what, Tensor[] in, @Nullable Tensor[] gradients, boolean[] needs, double[][] numeric) {
        for (int i = 0; i < in.length; i++) {
            if (!needs[i]) {
                continue;
            }
            Tensor gradient = gradients[i];
            if (gradient == null) {
                gradient = Input.tensor(new double[numeric[i].length], in[i].dtype(), in[i].shape());
            }
            Comparison.assertClose(
                    what + i, gradient, Input.tensor(numeric[i], in[i].dtype(), in[i].shape()), Tolerances.SLOPE);
        }
    }

    static boolean engineIsThere(Case c) {
        try {
            c.here(() -> Tensors.zeros(DType.F64, 1)).requiresGrad(true);
            return true;
        } catch (NoBackendException e) {
            return false;
        }
    }

    /** The gradients that backward accumulates in leaves. */
    static @Nullable Tensor[] engine(Case c, boolean[] needs, Tensor[] cotangents) {
        Tensor[] in = c.inputs();
        for (int i = 0; i < in.length; i++) {
            if (needs[i]) {
                in[i].requiresGrad(true);
            }
        }
        Tensor[] out = c.run(in);
        for (int o = 0; o < out.length; o++) {
            if (cotangents[o] != null && c.sample().flows(o) && out[o].requiresGrad()) {
                Tensor seed = cotangents[o];
                Tensor root = out[o];
                c.here(() -> {
                    root.backward(seed, true, false);
                    return root;
                });
            }
        }
        @Nullable Tensor[] gradients = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            gradients[i] = needs[i] ? in[i].grad() : null;
        }
        return gradients;
    }
}
