package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.Role.WIDE;
import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.between;
import static io.flambeau.tck.Input.from;
import static io.flambeau.tck.Input.indices;
import static io.flambeau.tck.Input.mask;
import static io.flambeau.tck.Input.probability;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.op.pool.AdaptiveAvgPool;
import io.flambeau.tensor.op.pool.AdaptiveMaxPool;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.FractionalMaxPool;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.MaxPoolBackward;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.vision.GridSample;
import io.flambeau.tensor.op.vision.Interpolate;
import java.util.List;

/** Layers: affine maps, convolutions, pooling and attention. */
public final class NeuralSamples {
    private NeuralSamples() {}

    public static void addTo(List<Sample> all) {
        for (Epilogue epilogue : Epilogue.values()) {
            all.add(Sample.of(new Linear(false, epilogue), any(2, 3), any(4, 3)));
            all.add(Sample.of(new Linear(true, epilogue), any(2, 2, 3), any(4, 3), any(4)));
        }
        all.add(Sample.of(new Linear(true, Epilogue.NONE), any(37, 65), any(19, 65), any(19))
                .withoutGradient());
        convolutions(all);
        pools(all);
        sampling(all);
        attention(all);
    }

    private static void convolutions(List<Sample> all) {
        Sliding line = new Sliding(Axes.of(2), Axes.of(1), Axes.of(0), Axes.of(1));
        all.add(Sample.of(new Convolution(line, 1, false), any(2, 2, 7), any(3, 2, 3)));
        Sliding plain = new Sliding(Axes.of(1, 1), Axes.of(0, 0), Axes.of(0, 0), Axes.of(1, 1));
        all.add(Sample.of(new Convolution(plain, 1, true), any(2, 2, 4, 5), any(3, 2, 2, 3), any(3)));
        Sliding odd = new Sliding(Axes.of(2, 1), Axes.of(1, 0), Axes.of(2, 1), Axes.of(1, 2));
        all.add(Sample.of(new Convolution(odd, 2, true), any(1, 4, 5, 4), any(2, 2, 3, 2), any(2)));
        all.add(Sample.of(new ConvolutionInput(odd, 2, Axes.of(5, 4)), any(1, 2, 3, 3), any(2, 2, 3, 2)));
        all.add(Sample.of(new ConvolutionWeight(odd, 2, Axes.of(3, 2)), any(1, 4, 5, 4), any(1, 2, 3, 3)));
        Sliding same = new Sliding(Axes.of(1, 1), Axes.of(1, 1), Axes.of(1, 1), Axes.of(1, 1));
        all.add(Sample.of(new Convolution(same, 1, true), any(2, 5, 13, 11), any(9, 5, 3, 3), any(9))
                .withoutGradient());
        all.add(Sample.of(new ConvolutionInput(same, 1, Axes.of(13, 11)), any(2, 9, 13, 11), any(9, 5, 3, 3))
                .withoutGradient());
        all.add(Sample.of(new ConvolutionWeight(same, 1, Axes.of(3, 3)), any(2, 5, 13, 11), any(2, 9, 13, 11))
                .withoutGradient());
        Sliding depthwise = new Sliding(Axes.of(2, 2), Axes.of(1, 1), Axes.of(1, 1), Axes.of(1, 1));
        all.add(Sample.of(new Convolution(depthwise, 6, false), any(1, 6, 9, 9), any(6, 1, 3, 3))
                .withoutGradient());
        Sliding cube = new Sliding(Axes.of(1, 1, 1), Axes.of(0, 1, 0), Axes.of(0, 1, 0), Axes.of(1, 1, 1));
        all.add(Sample.of(new Convolution(cube, 1, false), any(1, 2, 2, 3, 3), any(2, 2, 2, 2, 2)));
    }

    private static void pools(List<Sample> all) {
        Pooling plain = new Pooling(Axes.of(2, 2), Axes.of(2, 2), Axes.of(0, 0), Axes.of(1, 1), false);
        Pooling odd = new Pooling(Axes.of(3, 2), Axes.of(2, 1), Axes.of(1, 0), Axes.of(1, 1), true);
        Pooling wide = new Pooling(Axes.of(2), Axes.of(1), Axes.of(1), Axes.of(2), false);
        all.add(Sample.of(new MaxPool(plain), any(2, 2, 4, 5)));
        all.add(Sample.of(new MaxPool(odd), any(1, 2, 6, 4)));
        all.add(Sample.of(new MaxPool(wide), any(1, 2, 7)));
        all.add(Sample.of(
                new MaxPoolBackward(Axes.of(2, 3), null),
                any(1, 1, 2, 2),
                indices(new long[] {0, 4, 4, 5}, 1, 1, 2, 2)));
        all.add(Sample.of(new MaxPoolBackward(Axes.of(3), wide), any(1, 1, 3), indices(new long[] {1, 2, 1}, 1, 1, 3)));
        all.add(Sample.of(new AvgPool(plain, true, 0), any(2, 2, 4, 5)));
        for (boolean count : new boolean[] {false, true}) {
            AvgPool pool = new AvgPool(odd, count, 0);
            all.add(Sample.of(pool, any(1, 2, 6, 4)));
            all.add(Sample.of(new AvgPoolBackward(pool, Axes.of(6, 4)), any(1, 2, 4, 3)));
        }
        all.add(Sample.of(new AvgPool(plain, true, 3), any(1, 1, 4, 4)));
        all.add(Sample.of(new AdaptiveAvgPool(Axes.of(3, 2)), any(1, 2, 5, 4)));
        all.add(Sample.of(new AdaptiveMaxPool(Axes.of(3, 2)), any(1, 2, 5, 4)));
        all.add(Sample.of(new FractionalMaxPool(Axes.of(2, 2), Axes.of(3, 2)), any(1, 2, 6, 5), probability(1, 2, 2))
                .holding(1));
    }

    private static void sampling(List<Sample> all) {
        Input places = between(-1.3, 1.3, 2, 3, 2, 2);
        for (GridSample.Mode mode : GridSample.Mode.values()) {
            for (GridSample.Border border : GridSample.Border.values()) {
                all.add(Sample.of(new GridSample(mode, border, false), any(2, 1, 4, 3), places));
            }
        }
        all.add(Sample.of(
                new GridSample(GridSample.Mode.LINEAR, GridSample.Border.ZEROS, true), any(2, 1, 4, 3), places));
        for (Interpolate.Mode mode : Interpolate.Mode.values()) {
            all.add(Sample.of(new Interpolate(mode, Axes.of(3, 7), List.of(), false, false), any(1, 2, 4, 5)));
        }
        all.add(Sample.of(new Interpolate(Interpolate.Mode.LINEAR, Axes.of(5), List.of(), true, false), any(1, 2, 3)));
        all.add(Sample.of(
                new Interpolate(Interpolate.Mode.CUBIC, Axes.of(3, 2), List.of(), false, true), any(1, 1, 6, 5)));
    }

    private static void attention(List<Sample> all) {
        Input q = any(2, 3, 4);
        Input k = any(2, 5, 4);
        Input v = any(2, 5, 2);
        Attention[] kinds = {
            new Attention(false, false, 0.5, null),
            new Attention(false, true, 0.5, null),
            new Attention(true, false, 0.5, null),
            new Attention(false, false, 0.5, new Dropout(0.3, 3, 1))
        };
        for (Attention attention : kinds) {
            ScaledDotProductAttention op = new ScaledDotProductAttention(attention);
            ScaledDotProductAttentionBackward backward = new ScaledDotProductAttentionBackward(attention);
            if (attention.masked()) {
                for (Input mask : List.of(mask(2, 3, 5), any(2, 3, 5))) {
                    all.add(Sample.of(op, q, k, v, mask).flowing(0));
                    Input out = from(in -> Tensor.bindAll(op, in[1], in[2], in[3], in[6])[0], 2, 3, 2);
                    Input sum = from(in -> Tensor.bindAll(op, in[1], in[2], in[3], in[6])[1], 2, 3)
                            .as(WIDE);
                    all.add(Sample.of(backward, any(2, 3, 2), q, k, v, out, sum, mask));
                }
            } else {
                all.add(Sample.of(op, q, k, v).flowing(0));
                Input out = from(in -> Tensor.bindAll(op, in[1], in[2], in[3])[0], 2, 3, 2);
                Input sum = from(in -> Tensor.bindAll(op, in[1], in[2], in[3])[1], 2, 3)
                        .as(WIDE);
                all.add(Sample.of(backward, any(2, 3, 2), q, k, v, out, sum));
            }
        }
        ScaledDotProductAttention dropping = new ScaledDotProductAttention(kinds[3]);
        all.add(Sample.of(dropping, q, k, v, indices(new long[] {9}, 1)).flowing(0));
    }
}
