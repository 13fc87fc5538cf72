package io.flambeau.tck;

import io.flambeau.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Law 10: what the engine gives for the inputs is itself a function of the inputs and of the cotangents, and the
 * engine's gradient of that function equals its slope, found by central differences in F64 or C128. It is checked where
 * an engine of gradients is there.
 *
 * <p>The slope is taken along one random direction of each input and each cotangent, as the fast mode of
 * {@code torch.autograd.gradgradcheck} does, so that a sample costs a few backward passes whatever its size.
 */
final class SecondGradients {
    private static final double STEP = 1e-6;

    private final Case test;
    private final int inputs;
    private final boolean[] tracked;

    private SecondGradients(Case test, Tensor[] in, Tensor[] out, Tensor[] cotangents) {
        this.test = test;
        this.inputs = in.length;
        this.tracked = Arrays.copyOf(Gradients.needs(test, in, out), in.length + cotangents.length);
        for (int o = 0; o < cotangents.length; o++) {
            tracked[inputs + o] = cotangents[o] != null && test.sample().flows(o);
        }
    }

    static void check(Case c) {
        Tensor[] in = c.inputs();
        Tensor[] out = c.run(in);
        if (Gradients.isChecked(c, in, out) && Gradients.engineIsThere(c)) {
            Tensor[] cotangents = Gradients.cotangents(c, out);
            Tensor[] point = Arrays.copyOf(in, in.length + cotangents.length);
            System.arraycopy(cotangents, 0, point, in.length, cotangents.length);
            new SecondGradients(c, in, out, cotangents).check(point);
        }
    }

    private void check(Tensor[] point) {
        @Nullable Tensor[] second = second(point);
        for (int i = 0; i < point.length; i++) {
            if (!tracked[i]) {
                continue;
            }
            double[] direction = random(71 + i, Comparison.values(point[i]).length);
            double actual = second[i] == null ? 0 : dot(Comparison.values(second[i]), direction);
            double above = weighed(first(leaves(moved(point, i, direction, STEP)), false));
            double below = weighed(first(leaves(moved(point, i, direction, -STEP)), false));
            double expected = (above - below) / (2 * STEP);
            double allowed = Tolerances.SLOPE.of(point[i].dtype(), expected, Math.abs(expected));
            if (!(Math.abs(actual - expected) <= allowed)) {
                String what = i < inputs ? "input " + i : "cotangent " + (i - inputs);
                throw new AssertionError(
                        "the second gradient along " + what + " is " + actual + ", expected " + expected);
            }
        }
    }

    /** The engine's gradients at the inputs, weighed, differentiated again: for each input, then for each cotangent. */
    private @Nullable Tensor[] second(Tensor[] point) {
        Tensor[] leaves = leaves(point);
        @Nullable Tensor[] first = first(leaves, true);
        for (int i = 0; i < inputs; i++) {
            if (first[i] != null && first[i].requiresGrad()) {
                backward(first[i], like(first[i], weights(i, first[i])), false);
            }
        }
        return taken(leaves);
    }

    /** The engine's gradients at the inputs; null where there is none. */
    private @Nullable Tensor[] first(Tensor[] leaves, boolean createGraph) {
        Tensor[] out = test.run(Arrays.copyOf(leaves, inputs));
        for (int o = 0; o < out.length; o++) {
            if (tracked[inputs + o] && out[o].requiresGrad()) {
                backward(out[o], leaves[inputs + o], createGraph);
            }
        }
        return Arrays.copyOf(taken(leaves), inputs);
    }

    private void backward(Tensor root, Tensor cotangent, boolean createGraph) {
        test.here(() -> {
            root.backward(cotangent, true, createGraph);
            return root;
        });
    }

    private Tensor[] leaves(Tensor[] point) {
        Tensor[] leaves = point.clone();
        for (int i = 0; i < leaves.length; i++) {
            if (tracked[i]) {
                leaves[i] = point[i].detach().requiresGrad(true);
            }
        }
        return leaves;
    }

    /** What has been accumulated in the leaves, which are left without. */
    private @Nullable Tensor[] taken(Tensor[] leaves) {
        @Nullable Tensor[] gradients = new Tensor[leaves.length];
        for (int i = 0; i < leaves.length; i++) {
            if (tracked[i]) {
                gradients[i] = leaves[i].grad();
                leaves[i].grad(null);
            }
        }
        return gradients;
    }

    /** The point with one tensor moved, and the inputs that follow from it formed anew. */
    private Tensor[] moved(Tensor[] point, int at, double[] direction, double by) {
        double[] values = Comparison.values(point[at]);
        for (int k = 0; k < values.length; k++) {
            values[k] += by * direction[k];
        }
        Tensor[] moved = point.clone();
        moved[at] = like(point[at], values);
        if (at < inputs) {
            System.arraycopy(test.derived(Arrays.copyOf(moved, inputs)), 0, moved, 0, inputs);
        }
        return moved;
    }

    private static double weighed(@Nullable Tensor[] gradients) {
        double sum = 0;
        for (int i = 0; i < gradients.length; i++) {
            if (gradients[i] != null) {
                sum += dot(Comparison.values(gradients[i]), weights(i, gradients[i]));
            }
        }
        return sum;
    }

    private static double[] weights(int input, Tensor gradient) {
        return random(53 + input, (int) gradient.count() * (gradient.dtype().isComplex() ? 2 : 1));
    }

    private static double[] random(long seed, int count) {
        Random random = new Random(seed);
        double[] values = new double[count];
        Arrays.setAll(values, k -> random.nextDouble(-1, 1));
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static Tensor like(Tensor x, double[] values) {
        return Input.tensor(values, x.dtype(), x.shape()).to(x.device());
    }
}
