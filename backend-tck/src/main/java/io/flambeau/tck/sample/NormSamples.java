package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.Role.REAL;
import static io.flambeau.tck.Input.Role.WIDE;
import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.from;
import static io.flambeau.tck.Input.positive;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.BatchNormInference;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.op.norm.LogSoftmax;
import io.flambeau.tensor.op.norm.LogSoftmaxBackward;
import io.flambeau.tensor.op.norm.RmsNorm;
import io.flambeau.tensor.op.norm.RmsNormBackward;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.op.norm.SoftmaxBackward;
import java.util.List;

/** Softmaxes and normalisations, with their backward passes on statistics that belong to the input. */
public final class NormSamples {
    private static final double EPS = 1e-3;

    private NormSamples() {}

    public static void addTo(List<Sample> all) {
        for (int axis = 0; axis < 2; axis++) {
            all.add(Sample.of(new Softmax(axis), any(3, 4)));
            all.add(Sample.of(new LogSoftmax(axis), any(3, 4)));
            all.add(Sample.of(new SoftmaxBackward(axis), any(3, 4), any(3, 4)));
            all.add(Sample.of(new LogSoftmaxBackward(axis), any(3, 4), any(3, 4)));
        }
        all.add(Sample.of(new Softmax(1), any(0, 3)));
        all.add(Sample.of(new Softmax(0), any(130, 5)).withoutGradient());
        batch(all);
        group(all);
        layer(all);
        rms(all);
    }

    private static void batch(List<Sample> all) {
        Input x = any(3, 2, 4);
        Input c = any(2);
        Input mean = statistic(new BatchNorm(false, false, EPS), 1, 2);
        Input variance = statistic(new BatchNorm(false, false, EPS), 2, 2);
        all.add(Sample.of(new BatchNorm(false, false, EPS), x).flowing(0));
        all.add(Sample.of(new BatchNorm(true, true, EPS), x, c, c).flowing(0));
        all.add(Sample.of(new BatchNormBackward(false, EPS), x, x, mean, variance));
        all.add(Sample.of(new BatchNormBackward(true, EPS), x, x, mean, variance, c));
        all.add(Sample.of(new BatchNormInference(false, false, EPS), x, c, positive(2)));
        all.add(Sample.of(new BatchNormInference(true, true, EPS), x, c, positive(2), c, c));
    }

    private static void group(List<Sample> all) {
        Input x = any(2, 4, 3);
        Input c = any(4);
        Input mean = statistic(new GroupNorm(2, false, false, EPS), 1, 2, 2);
        Input rstd = statistic(new GroupNorm(2, false, false, EPS), 2, 2, 2);
        all.add(Sample.of(new GroupNorm(2, false, false, EPS), x).flowing(0));
        all.add(Sample.of(new GroupNorm(2, true, true, EPS), x, c, c).flowing(0));
        all.add(Sample.of(new GroupNormBackward(2, false, EPS), x, x, mean, rstd));
        all.add(Sample.of(new GroupNormBackward(2, true, EPS), x, x, mean, rstd, c));
    }

    private static void layer(List<Sample> all) {
        Input x = any(2, 3, 4);
        Input w = any(4);
        Input mean = statistic(new LayerNorm(1, false, false, EPS), 1, 2, 3, 1);
        Input rstd = statistic(new LayerNorm(1, false, false, EPS), 2, 2, 3, 1);
        all.add(Sample.of(new LayerNorm(1, false, false, EPS), x).flowing(0));
        all.add(Sample.of(new LayerNorm(1, true, true, EPS), x, w, w).flowing(0));
        all.add(Sample.of(new LayerNorm(2, true, false, EPS), x, any(3, 4)).flowing(0));
        all.add(Sample.of(new LayerNormBackward(1, false, EPS), x, x, mean, rstd));
        all.add(Sample.of(new LayerNormBackward(1, true, EPS), x, x, mean, rstd, w));
    }

    private static void rms(List<Sample> all) {
        Input x = any(2, 3, 4);
        Input w = any(4);
        Input scale = from(in -> Tensor.bindAll(new RmsNorm(1, false, EPS), in[1])[1], 2, 3, 1);
        all.add(Sample.of(new RmsNorm(1, false, EPS), x).flowing(0));
        all.add(Sample.of(new RmsNorm(2, true, EPS), x, any(3, 4)).flowing(0));
        all.add(Sample.of(new RmsNormBackward(1, false, EPS), x, x, scale.as(REAL)));
        all.add(Sample.of(new RmsNormBackward(1, true, EPS), x, x, scale.as(REAL), w));
    }

    /** A hidden output of a normalisation of the second input. */
    private static Input statistic(Op norm, int output, long... sizes) {
        return from(in -> Tensor.bindAll(norm, in[1])[output], sizes).as(WIDE);
    }
}
