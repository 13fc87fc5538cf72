package io.flambeau.tck;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Autograd;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Law 11: the derivative in a random direction of each input, weighed by random cotangents, equals the gradients that
 * come of these cotangents, weighed by the directions; and the values are those without derivatives. It is checked
 * where an engine of gradients is there. What the gradients are, law 4 says by finite differences.
 */
final class ForwardDerivatives {
    /** Sums of the same numbers in other orders. */
    private static final double TOLERANCE = 1e-9;

    private ForwardDerivatives() {}

    static void check(Case c) {
        Tensor[] in = c.inputs();
        Tensor[] out = c.run(in);
        if (!Gradients.isChecked(c, in, out) || !Gradients.engineIsThere(c)) {
            return;
        }
        Tensor[] cotangents = Gradients.cotangents(c, out);
        boolean[] needs = Gradients.needs(c, in, out);
        @Nullable Tensor[] gradients = Gradients.engine(c, needs, cotangents);
        Autograd engine = Access.door().autograd("jvp");
        for (int i = 0; i < in.length; i++) {
            if (!needs[i]) {
                continue;
            }
            Tensor[] at = c.inputs();
            @Nullable Tensor[] tangents = new Tensor[in.length];
            double[] direction = new double[Comparison.values(at[i]).length];
            Random random = new Random(41 + i);
            Arrays.setAll(direction, _ -> random.nextDouble(-1, 1));
            tangents[i] = Input.tensor(direction, at[i].dtype(), at[i].shape()).to(c.device());
            Autograd.Along along = c.here(() -> engine.jvp(c::run, at, tangents, false));
            double forward = 0;
            double size = 0;
            for (int o = 0; o < out.length; o++) {
                Comparison.assertClose("value " + o, along.values()[o], out[o], Tolerances.SLOPE);
                if (cotangents[o] != null && c.sample().flows(o)) {
                    double[] derivative = Comparison.values(along.derivatives()[o]);
                    double[] cotangent = Comparison.values(cotangents[o]);
                    for (int k = 0; k < derivative.length; k++) {
                        forward += cotangent[k] == 0 ? 0 : cotangent[k] * derivative[k];
                        size += Math.abs(cotangent[k] * derivative[k]);
                    }
                }
            }
            double backward = 0;
            double[] gradient = gradients[i] == null ? new double[direction.length] : Comparison.values(gradients[i]);
            for (int k = 0; k < direction.length; k++) {
                backward += gradient[k] * direction[k];
            }
            boolean equal = Math.abs(forward - backward) <= TOLERANCE * (1 + size)
                    || Double.isNaN(forward) && Double.isNaN(backward);
            if (!equal) {
                throw new AssertionError("the derivative along input " + i + ", weighed, is " + forward
                        + ", and the gradient along it " + backward);
            }
        }
    }
}
