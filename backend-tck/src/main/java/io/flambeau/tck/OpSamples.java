package io.flambeau.tck;

import io.flambeau.tck.sample.ElementwiseSamples;
import io.flambeau.tck.sample.FourierSamples;
import io.flambeau.tck.sample.FunctionSamples;
import io.flambeau.tck.sample.IndexSamples;
import io.flambeau.tck.sample.LinalgSamples;
import io.flambeau.tck.sample.LossSamples;
import io.flambeau.tck.sample.MakingSamples;
import io.flambeau.tck.sample.NeuralSamples;
import io.flambeau.tck.sample.NormSamples;
import io.flambeau.tck.sample.RecurrentSamples;
import io.flambeau.tck.sample.ReductionSamples;
import io.flambeau.tck.sample.StepSamples;
import io.flambeau.tck.sample.ViewSamples;
import java.util.ArrayList;
import java.util.List;

/** The samples of all operations, a line or two for each; a test fails for an operation that has none. */
public final class OpSamples {
    private OpSamples() {}

    /** Every sample, by families. */
    public static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        MakingSamples.addTo(all);
        ElementwiseSamples.addTo(all);
        FunctionSamples.addTo(all);
        ViewSamples.addTo(all);
        ReductionSamples.addTo(all);
        IndexSamples.addTo(all);
        NormSamples.addTo(all);
        NeuralSamples.addTo(all);
        RecurrentSamples.addTo(all);
        LossSamples.addTo(all);
        StepSamples.addTo(all);
        LinalgSamples.addTo(all);
        FourierSamples.addTo(all);
        return List.copyOf(all);
    }
}
