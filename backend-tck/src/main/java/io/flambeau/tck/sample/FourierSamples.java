package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;

import io.flambeau.tck.Sample;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import java.util.List;

/** Fourier transforms. */
public final class FourierSamples {
    private FourierSamples() {}

    public static void addTo(List<Sample> all) {
        for (boolean forward : new boolean[] {true, false}) {
            all.add(Sample.of(new ComplexFft(Axes.of(1), forward, 1), any(2, 5)));
            all.add(Sample.of(new ComplexFft(Axes.of(0, 1), forward, 0.25), any(3, 4)));
            all.add(Sample.of(new RealFft(1, forward, 1), any(2, 6)));
            all.add(Sample.of(new RealFft(0, forward, 0.5), any(5, 2)));
            all.add(Sample.of(new RealInverseFft(1, 6, forward, 1), any(2, 4)));
            all.add(Sample.of(new RealInverseFft(0, 5, forward, 0.5), any(3, 2)));
        }
    }
}
