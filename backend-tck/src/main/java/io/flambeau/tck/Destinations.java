package io.flambeau.tck;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.op.step.Step;
import java.util.Arrays;

/** Law 8: writing a result into a destination, or over an input, is the same as making it. */
final class Destinations {
    private Destinations() {}

    static void check(Case c) {
        if (c.op() instanceof Step step) {
            step(c, step);
            return;
        }
        Spec[] promised = c.promised();
        if (promised == null || promised.length != 1 || c.op() instanceof ViewOp) {
            return;
        }
        Case plain = c.as(Layout.CONTIGUOUS);
        Tensor expected = plain.run(plain.inputs())[0];
        Tensor destination = c.placed(plain.here(() -> Tensor.empty(promised[0])));
        Tensor alias = destination.detach();
        int version = destination.version();
        c.here(() -> destination.apply_(c.op(), plain.inputs()));
        Laws.close(c, "into a destination: ", new Tensor[] {destination}, new Tensor[] {expected});
        Laws.close(c, "seen through an alias: ", new Tensor[] {alias}, new Tensor[] {expected});
        if (destination.version() <= version) {
            throw new AssertionError("the write did not raise the version " + version);
        }
        overInputs(c, expected);
    }

    /** Any input of the result's spec may be the destination. */
    private static void overInputs(Case c, Tensor expected) {
        for (int i = 0; i < c.sample().inputs().size(); i++) {
            if (c.specs()[i].equals(expected.spec())) {
                Tensor[] in = c.inputs();
                Tensor target = in[i];
                c.here(() -> target.apply_(c.op(), in));
                Laws.close(c, "over input " + i + ": ", new Tensor[] {target}, new Tensor[] {expected});
            }
        }
    }

    /** An optimizer's step overwrites parameters and states. */
    private static void step(Case c, Step step) {
        Tensor[] expected = c.run(c.inputs());
        Tensor[] in = c.inputs();
        int n = step.parameters(in.length);
        Tensor[][] groups = new Tensor[2 + step.states()][];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = Arrays.copyOfRange(in, 1 + i * n, 1 + (i + 1) * n);
        }
        Tensor[][] states = Arrays.copyOfRange(groups, 2, groups.length);
        step.run(Comparison.values(in[0]), groups[0], groups[1], states);
        for (int i = 0; i < expected.length; i++) {
            Tensor written = (i < n ? groups[0] : states[i / n - 1])[i % n];
            Comparison.assertClose("in place: output " + i, written, expected[i], Tolerances.of(step));
        }
    }
}
