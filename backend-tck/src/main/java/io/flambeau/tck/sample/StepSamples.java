package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.Role.WIDE;
import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.of;
import static io.flambeau.tck.Input.positive;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.op.step.AdagradStep;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.RmsPropStep;
import io.flambeau.tensor.op.step.SgdStep;
import io.flambeau.tensor.op.step.Step;
import java.util.ArrayList;
import java.util.List;

/** Steps of optimizers for two parameters at once; nothing is differentiated through them. */
public final class StepSamples {
    private StepSamples() {}

    public static void addTo(List<Sample> all) {
        double[] sgd = SgdStep.coefficients(0.1, 0.01, 0.9, 0.2);
        add(all, new SgdStep(false, false, false, true, false), sgd);
        add(all, new SgdStep(true, true, false, false, false), sgd);
        add(all, new SgdStep(true, false, true, true, true), sgd);
        AdamStep adam = new AdamStep(true, false, true, false);
        add(all, adam, adam.coefficients(0.1, 0.9, 0.99, 1e-3, 0.01, 3));
        AdamStep adamW = new AdamStep(true, true, false, true);
        add(all, adamW, adamW.coefficients(0.1, 0.9, 0.99, 1e-3, 0.01, 3));
        AdamStep plain = new AdamStep(false, false, false, false);
        add(all, plain, plain.coefficients(0.1, 0.9, 0.99, 1e-3, 0, 1));
        double[] rms = RmsPropStep.coefficients(0.1, 0.01, 0.9, 1e-3, 0.5);
        add(all, new RmsPropStep(true, true, true, false), rms);
        add(all, new RmsPropStep(false, false, false, true), rms);
        double[] adagrad = AdagradStep.coefficients(0.1, 0.01, 0.01, 1e-3, 2);
        add(all, new AdagradStep(true, false), adagrad);
        add(all, new AdagradStep(false, true), adagrad);
    }

    private static void add(List<Sample> all, Step step, double[] coefficients) {
        List<Input> inputs = new ArrayList<>();
        inputs.add(of(coefficients, coefficients.length).as(WIDE));
        for (int i = 0; i < 2; i++) {
            inputs.add(any(2, 3));
            inputs.add(any(5));
        }
        for (int i = 0; i < step.states(); i++) {
            inputs.add(positive(2, 3));
            inputs.add(positive(5));
        }
        all.add(Sample.of(step, inputs.toArray(Input[]::new)).withoutGradient());
    }
}
