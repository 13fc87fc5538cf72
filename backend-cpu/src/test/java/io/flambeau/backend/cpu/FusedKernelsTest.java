package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.flambeau.backend.cpu.internal.fused.FusedKernels;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.TopK;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.activation.Smooth;
import io.flambeau.tensor.op.activation.Threshold;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.embedding.Embedding;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.CrossEntropyBackward;
import io.flambeau.tensor.op.loss.Reduction;
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
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.MaxPoolBackward;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.recurrent.Gru;
import io.flambeau.tensor.op.recurrent.GruBackward;
import io.flambeau.tensor.op.recurrent.Lstm;
import io.flambeau.tensor.op.recurrent.LstmBackward;
import io.flambeau.tensor.op.recurrent.Sweep;
import io.flambeau.tensor.op.step.AdagradStep;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.RmsPropStep;
import io.flambeau.tensor.op.step.SgdStep;
import io.flambeau.tensor.op.step.Step;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every fused kernel against the decomposition of its operation. */
class FusedKernelsTest {
    private final SplittableRandom random = new SplittableRandom(11);

    private Tensor values(long... sizes) {
        int n = 1;
        for (long size : sizes) {
            n *= (int) size;
        }
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) random.nextGaussian();
        }
        return Tensors.of(v, sizes);
    }

    private Tensor indices(int below, long... sizes) {
        int n = 1;
        for (long size : sizes) {
            n *= (int) size;
        }
        long[] v = new long[n];
        for (int i = 0; i < n; i++) {
            v[i] = random.nextInt(below);
        }
        return Tensors.of(v, sizes);
    }

    private static Tensor[] check(Derived op, Tensor... in) {
        return check(2e-5, op, in);
    }

    private static Tensor[] check(double tolerance, Derived op, Tensor... in) {
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < in.length; i++) {
            specs[i] = in[i].spec();
        }
        assertThat(FusedKernels.find(op, specs)).as("a kernel for %s", op).isNotNull();
        Tensor[] got = Tensor.bindAll(op, in);
        Tensor[] want = op.decompose(in);
        assertThat(got).hasSameSizeAs(want);
        for (int k = 0; k < got.length; k++) {
            assertThat(got[k].spec()).isEqualTo(want[k].spec());
            double[] a = got[k].toDoubleArray();
            double[] b = want[k].toDoubleArray();
            double scale = 1;
            for (double v : b) {
                scale = Double.isFinite(v) ? Math.max(scale, Math.abs(v)) : scale;
            }
            for (int i = 0; i < a.length; i++) {
                if (Double.compare(a[i], b[i]) != 0 && !(Math.abs(a[i] - b[i]) <= tolerance * scale)) {
                    fail("%s of %s, output %d, element %d: %s, not %s", op, in[0].shape(), k, i, a[i], b[i]);
                }
            }
        }
        return got;
    }

    @Test
    void softmaxes() {
        for (int n : new int[] {1, 7, 64, 1000, 5000}) {
            Tensor x = values(5, n).mul(10);
            Tensor y = check(new Softmax(1), x)[0];
            check(new SoftmaxBackward(1), values(5, n), y);
            Tensor log = check(new LogSoftmax(1), x)[0];
            check(new LogSoftmaxBackward(1), values(5, n), log);
            check(new Softmax(1), x.reshape(5, n, 1));
        }
        Tensor odd =
                Tensors.of(new float[] {1, Float.NaN, Float.NEGATIVE_INFINITY, 2, 3, Float.NEGATIVE_INFINITY}, 2, 3);
        check(new Softmax(1), odd);
        check(new LogSoftmax(1), odd);
    }

    @Test
    void crossEntropies() {
        for (Reduction reduction : Reduction.values()) {
            for (boolean weighted : new boolean[] {false, true}) {
                CrossEntropy op = new CrossEntropy(weighted, 3, 0, reduction);
                Tensor x = values(50, 17).mul(3);
                Tensor target = indices(17, 50);
                Tensor weights = values(17).abs();
                Tensor[] in = weighted ? new Tensor[] {x, target, weights} : new Tensor[] {x, target};
                Tensor[] out = check(op, in);
                Tensor g = values(reduction == Reduction.NONE ? new long[] {50} : new long[0]);
                Tensor[] back =
                        weighted ? new Tensor[] {g, x, target, out[1], weights} : new Tensor[] {g, x, target, out[1]};
                check(new CrossEntropyBackward(op), back);
            }
        }
        CrossEntropy op = new CrossEntropy(false, -100, 0, Reduction.MEAN);
        assertThatThrownBy(() -> Tensor.bindAll(op, values(2, 3), Tensors.of(new long[] {0, 3}, 2)))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("target 3");
    }

    @Test
    void linears() {
        for (Epilogue epilogue : Epilogue.values()) {
            for (int[] s : new int[][] {{1, 3, 2}, {64, 70, 300}, {200, 33, 5}, {5, 1, 400}}) {
                check(new Linear(true, epilogue), values(s[0], s[2]), values(s[1], s[2]), values(s[1]));
                check(new Linear(false, epilogue), values(2, s[0], s[2]), values(s[1], s[2]));
            }
        }
    }

    @Test
    void layerNorms() {
        for (int n : new int[] {3, 64, 1000}) {
            for (int k = 0; k < 4; k++) {
                boolean weight = (k & 1) != 0;
                boolean bias = (k & 2) != 0;
                Tensor x = values(4, 9, n).add(3);
                Tensor[] in = weight && bias
                        ? new Tensor[] {x, values(n), values(n)}
                        : weight || bias ? new Tensor[] {x, values(n)} : new Tensor[] {x};
                Tensor[] out = check(new LayerNorm(1, weight, bias, 1e-5), in);
                Tensor g = values(4, 9, n);
                Tensor[] back =
                        weight ? new Tensor[] {g, x, out[1], out[2], in[1]} : new Tensor[] {g, x, out[1], out[2]};
                check(new LayerNormBackward(1, weight, 1e-5), back);
            }
        }
        check(new LayerNorm(2, true, true, 1e-5), values(4, 9, 5), values(9, 5), values(9, 5));
    }

    @Test
    void batchNorms() {
        for (int k = 0; k < 4; k++) {
            boolean weight = (k & 1) != 0;
            boolean bias = (k & 2) != 0;
            // Planes that are gathered, and longer ones that are not.
            long height = k < 2 ? 6 : 30;
            Tensor x = values(4, 5, height, 7).add(2);
            Tensor[] in = weight && bias
                    ? new Tensor[] {x, values(5), values(5)}
                    : weight || bias ? new Tensor[] {x, values(5)} : new Tensor[] {x};
            Tensor[] out = check(new BatchNorm(weight, bias, 1e-5), in);
            Tensor g = values(4, 5, height, 7);
            Tensor[] back = weight ? new Tensor[] {g, x, out[1], out[2], in[1]} : new Tensor[] {g, x, out[1], out[2]};
            check(new BatchNormBackward(weight, 1e-5), back);
            Tensor mean = values(5);
            Tensor variance = values(5).abs();
            Tensor[] known = new Tensor[in.length + 2];
            known[0] = x;
            known[1] = mean;
            known[2] = variance;
            System.arraycopy(in, 1, known, 3, in.length - 1);
            check(new BatchNormInference(weight, bias, 1e-5), known);
        }
    }

    @Test
    void groupNorms() {
        Tensor x = values(3, 6, 5, 7).add(2);
        for (long groups : new long[] {1, 2, 6}) {
            check(new GroupNorm(groups, true, true, 1e-5), x, values(6), values(6));
            check(new GroupNorm(groups, false, true, 1e-5), x, values(6));
            check(new GroupNorm(groups, true, false, 1e-5), x, values(6));
            check(new GroupNorm(groups, false, false, 1e-5), x);
        }
        check(new GroupNorm(2, true, true, 1e-5), values(5, 8), values(8), values(8));
    }

    @Test
    void gradientsOfGroupNorms() {
        Tensor x = values(3, 6, 5, 7).add(2);
        Tensor g = values(3, 6, 5, 7);
        Tensor weight = values(6);
        for (long groups : new long[] {1, 2, 6}) {
            Tensor[] out = Tensor.bindAll(new GroupNorm(groups, false, false, 1e-5), x);
            check(new GroupNormBackward(groups, true, 1e-5), g, x, out[1], out[2], weight);
            check(new GroupNormBackward(groups, false, 1e-5), g, x, out[1], out[2]);
        }
    }

    @Test
    void rmsNorms() {
        for (long n : new long[] {1, 7, 64, 1000, 9000}) {
            Tensor x = values(5, n).add(1);
            Tensor g = values(5, n);
            Tensor weight = values(n);
            Tensor[] out = check(new RmsNorm(1, true, 1e-5), x, weight);
            check(new RmsNormBackward(1, true, 1e-5), g, x, out[1], weight);
            out = check(new RmsNorm(1, false, 1e-5), x);
            check(new RmsNormBackward(1, false, 1e-5), g, x, out[1]);
        }
        check(new RmsNorm(2, true, 1e-5), values(4, 9, 5), values(9, 5));
    }

    @Test
    void selections() {
        Tensor ties = values(7, 300).mul(3).round();
        for (long k : new long[] {0, 1, 5, 32, 33, 100, 200, 300}) {
            for (boolean largest : new boolean[] {false, true}) {
                check(0, new TopK(k, largest), values(7, 300));
                check(0, new TopK(k, largest), ties);
                check(0, new TopK(k, largest), ties.div(ties));
                check(0, new TopK(k, largest), ties.to(DType.I16));
            }
        }
    }

    @Test
    void activations() {
        Tensor x = values(33, 70).mul(3);
        for (io.flambeau.tensor.op.activation.Activation op :
                new io.flambeau.tensor.op.activation.Activation[] {new Gelu(false), new Gelu(true), Smooth.SILU}) {
            check(op, x);
            check(op, x.t());
            check(new ActivationBackward(op), values(33, 70), x);
            check(new ActivationBackward(op), values(70, 33).t(), x);
        }
        ActivationBackward threshold = new ActivationBackward(new Threshold(0.5, 2));
        check(threshold, values(33, 70), x);
        check(threshold, values(4), Tensors.of(new float[] {Float.NaN, 0.5f, -0f, Float.POSITIVE_INFINITY}));
    }

    @Test
    void recurrences() {
        int[][] sizes = {{1, 1, 3}, {4, 5, 20}, {3, 20, 70}, {2, 40, 300}};
        for (int[] s : sizes) {
            for (boolean reverse : new boolean[] {false, true}) {
                lstm(new Sweep(reverse, false), s[0], s[1], s[2]);
                gru(new Sweep(reverse, false), true, s[0], s[1], s[2]);
            }
            gru(new Sweep(false, false), false, s[0], s[1], s[2]);
        }
    }

    private void lstm(Sweep sweep, int steps, int samples, int n) {
        Lstm op = new Lstm(sweep, false);
        Tensor h = values(samples, n);
        Tensor c = values(samples, n);
        Tensor weight = values(4 * n, n).mul(0.1);
        Tensor[] y = check(op, values(steps, samples, 4 * n), h, c, weight);
        Tensor[] g = {values(steps, samples, n), values(steps, samples, n), values(steps, samples, 4 * n)};
        check(new LstmBackward(op), g[0], g[1], g[2], y[0], y[1], y[2], h, c, weight);
    }

    private void gru(Sweep sweep, boolean biased, int steps, int samples, int n) {
        Gru op = new Gru(sweep, biased);
        Tensor x = values(steps, samples, 3 * n);
        Tensor h = values(samples, n);
        Tensor weight = values(3 * n, n).mul(0.1);
        Tensor bias = values(3 * n);
        Tensor[] y = biased ? check(op, x, h, weight, bias) : check(op, x, h, weight);
        Tensor[] g = {values(steps, samples, n), values(steps, samples, 4 * n)};
        GruBackward backward = new GruBackward(op);
        if (biased) {
            check(backward, g[0], g[1], y[0], y[1], h, weight, bias);
        } else {
            check(backward, g[0], g[1], y[0], y[1], h, weight);
        }
    }

    private static Axes axes(long... values) {
        return Axes.of(values);
    }

    @Test
    void convolutions() {
        int[][] cases = {
            // samples, channels, outputs, groups, size, kernel, stride, padding, dilation
            {2, 3, 5, 1, 9, 3, 1, 1, 1}, {1, 8, 16, 1, 20, 3, 1, 1, 1}, {3, 4, 6, 2, 8, 3, 2, 1, 1},
            {2, 6, 6, 6, 7, 3, 1, 1, 1}, {2, 3, 4, 1, 12, 5, 3, 2, 1}, {2, 3, 4, 1, 12, 3, 1, 2, 2},
            {2, 16, 9, 1, 17, 1, 1, 0, 1}, {2, 16, 9, 1, 16, 1, 2, 0, 1}, {9, 5, 40, 1, 4, 3, 1, 1, 1},
            {1, 3, 70, 1, 30, 7, 2, 3, 1}, {2, 2, 3, 1, 6, 2, 2, 0, 1}, {1, 2, 2, 1, 5, 3, 1, 0, 1},
            {2, 3, 4, 1, 5, 1, 1, 2, 1}, {2, 3, 4, 1, 5, 2, 1, 3, 1}, {1, 2, 3, 1, 6, 1, 3, 1, 1},
            {2, 6, 18, 6, 12, 3, 1, 1, 1}, {2, 8, 24, 2, 11, 3, 1, 1, 1}, {2, 4, 80, 2, 11, 3, 2, 1, 1},
            {2, 3, 4, 1, 12, 3, 2, 2, 2}, {2, 3, 4, 1, 12, 3, 2, 1, 3}, {2, 3, 40, 1, 12, 2, 3, 0, 2},
            {3, 3, 40, 1, 11, 4, 3, 2, 1}, {2, 2, 4, 2, 11, 3, 4, 5, 1},
        };
        for (int[] c : cases) {
            for (int rank = 1; rank <= 3; rank++) {
                if (rank == 3 && c[4] > 12) {
                    continue;
                }
                convolution(c, rank);
            }
        }
    }

    /** Three by three taps over enough tiles and channels for minimal filtering; odd sizes, and paddings up to 3. */
    @Test
    void minimalFilters() {
        int[][] cases = {
            {4, 17, 20, 1, 13, 3, 1, 1, 1}, {9, 16, 33, 1, 8, 3, 1, 0, 1}, {3, 40, 16, 1, 12, 3, 1, 2, 1},
            {40, 16, 16, 1, 3, 3, 1, 1, 1}, {6, 16, 16, 1, 9, 3, 1, 3, 1}, {2, 300, 16, 1, 16, 3, 1, 1, 1},
            {16, 300, 270, 1, 3, 3, 1, 1, 1},
        };
        for (int[] c : cases) {
            convolution(c, 2);
        }
    }

    /** What windows at a border do not see must not reach the gradient for the weight. */
    @Test
    void infinitePixels() {
        Sliding sliding = new Sliding(axes(1, 1), axes(1, 1), axes(1, 1), axes(1, 1));
        for (int groups : new int[] {1, 4}) {
            Tensor image = values(2, 4, 9, 20);
            image.select(3, 0).fill_(Double.POSITIVE_INFINITY);
            Tensor g = values(2, 8, 9, 20);
            Tensor[] out = check(new ConvolutionWeight(sliding, groups, axes(3, 3)), image, g);
            double[] right = out[0].select(3, 2).contiguous().toDoubleArray();
            assertThat(right).doesNotContain(Double.NaN);
        }
    }

    private void convolution(int[] c, int rank) {
        long[] x = new long[rank + 2];
        long[] w = new long[rank + 2];
        long[][] slide = new long[3][rank];
        x[0] = c[0];
        x[1] = c[1];
        w[0] = c[2];
        w[1] = c[1] / c[3];
        for (int i = 0; i < rank; i++) {
            x[2 + i] = c[4] + (i == 0 ? 1 : 0);
            w[2 + i] = c[5];
            slide[0][i] = c[6];
            slide[1][i] = c[7];
            slide[2][i] = c[8];
        }
        Sliding sliding = new Sliding(axes(slide[0]), axes(slide[1]), axes(slide[1]), axes(slide[2]));
        Tensor image = values(x);
        Tensor weight = values(w);
        Tensor y = check(new Convolution(sliding, c[3], false), image, weight)[0];
        check(new Convolution(sliding, c[3], true), image, weight, values(c[2]));
        Tensor g = values(y.shape().sizes());
        Axes size = axes(image.shape().range(2, rank + 2).sizes());
        check(new ConvolutionInput(sliding, c[3], size), g, weight);
        Axes kernel = axes(weight.shape().range(2, rank + 2).sizes());
        check(new ConvolutionWeight(sliding, c[3], kernel), image, g);
    }

    @Test
    void pools() {
        Pooling[] poolings = {
            new Pooling(axes(2, 2), axes(2, 2), axes(0, 0), axes(1, 1), false),
            new Pooling(axes(3, 2), axes(2, 1), axes(1, 1), axes(1, 1), false),
            new Pooling(axes(3, 3), axes(2, 2), axes(1, 1), axes(1, 1), true),
        };
        for (Pooling pooling : poolings) {
            Tensor x = values(2, 3, 11, 10);
            Tensor[] out = check(new MaxPool(pooling), x);
            Tensor g = values(out[0].shape().sizes());
            check(new MaxPoolBackward(axes(11, 10), null), g, out[1]);
            for (boolean padded : new boolean[] {false, true}) {
                for (long divisor : new long[] {0, 5}) {
                    AvgPool average = new AvgPool(pooling, padded, divisor);
                    check(average, x);
                    check(new AvgPoolBackward(average, axes(11, 10)), g);
                }
            }
        }
        // A window whose places are all padding.
        // More windows in a row than any vector has lanes.
        check(new MaxPool(poolings[0]), values(2, 3, 6, 75));
        check(new MaxPool(new Pooling(axes(2), axes(1), axes(1), axes(2), false)), values(2, 3, 1));
        Tensor nan = Tensors.of(new float[] {1, Float.NaN, 3, 2, 5, 5, 4, 5}, 1, 2, 2, 2);
        check(new MaxPool(poolings[0]), nan);
        check(new MaxPool(new Pooling(axes(2), axes(1), axes(1), axes(2), false)), values(2, 3, 11));
        check(
                new MaxPool(new Pooling(axes(2, 2, 2), axes(2, 1, 2), axes(1, 0, 1), axes(1, 1, 1), false)),
                values(2, 3, 5, 6, 7));
    }

    @Test
    void embeddings() {
        Tensor table = values(20, 33);
        Tensor index = indices(20, 4, 7);
        check(new Embedding(-1, false), table, index);
        check(new EmbeddingBackward(20, -1, false), values(4, 7, 33), index);
        check(new EmbeddingBackward(20, 5, false), values(4, 7, 33), index);
        assertThatThrownBy(() -> Tensor.bind(new Embedding(-1, false), table, Tensors.of(new long[] {20}, 1)))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("20");
    }

    @Test
    void dropouts() {
        for (double p : new double[] {0, 0.3, 1}) {
            check(new Dropout(p, 42, 7), values(5, 1031));
        }
    }

    @Test
    void attentions() {
        for (int[] s : new int[][] {{2, 3, 5, 7, 4, 6}, {1, 2, 70, 70, 32, 32}, {2, 2, 40, 33, 16, 8}}) {
            for (int k = 0; k < 6; k++) {
                int masks = k % 3;
                boolean causal = k >= 3;
                Attention attention = new Attention(masks > 0, causal, 0.3, null);
                Tensor q = values(s[0], s[1], s[2], s[4]);
                Tensor key = values(s[0], s[1], s[3], s[4]);
                Tensor value = values(s[0], s[1], s[3], s[5]);
                Tensor mask = masks == 1 ? values(s[0], s[1], s[2], s[3]).gt(-0.2) : values(s[0], s[1], s[2], s[3]);
                if (masks == 1) {
                    mask.select(2, 1).fill_(0);
                }
                Tensor[] in = masks > 0 ? new Tensor[] {q, key, value, mask} : new Tensor[] {q, key, value};
                Tensor[] out = check(new ScaledDotProductAttention(attention), in);
                Tensor g = values(s[0], s[1], s[2], s[5]);
                Tensor[] back = masks > 0
                        ? new Tensor[] {g, q, key, value, out[0], out[1], mask}
                        : new Tensor[] {g, q, key, value, out[0], out[1]};
                check(5e-5, new ScaledDotProductAttentionBackward(attention), back);
            }
        }
    }

    private void step(Step op, double[] coefficients) {
        long[][] shapes = {{7}, {33, 70}, {1}, {5, 1000}};
        int n = shapes.length;
        Tensor[] in = new Tensor[1 + n * (2 + op.states())];
        in[0] = Tensors.of(coefficients).to(DType.F32);
        for (int i = 0; i < n; i++) {
            in[1 + i] = values(shapes[i]);
            in[1 + n + i] = values(shapes[i]);
            for (int s = 0; s < op.states(); s++) {
                in[1 + (2 + s) * n + i] = s == 0 && op instanceof RmsPropStep || op instanceof AdagradStep || s > 0
                        ? values(shapes[i]).abs().add(1)
                        : values(shapes[i]);
            }
        }
        // The centred variance of RMSprop may cancel to nearly nothing.
        check(op instanceof RmsPropStep ? 1e-3 : 2e-5, op, in);
    }

    @Test
    void steps() {
        for (int k = 0; k < 16; k++) {
            boolean a = (k & 1) != 0;
            boolean b = (k & 2) != 0;
            boolean c = (k & 4) != 0;
            boolean d = (k & 8) != 0;
            AdamStep adam = new AdamStep(a, b, c, d);
            step(adam, adam.coefficients(0.01, 0.9, 0.999, 1e-8, 0.1, 5));
            step(new SgdStep(a, a && b, a && c, d, b), SgdStep.coefficients(0.1, 0.01, 0.9, 0.1));
            step(new RmsPropStep(a, b, c, d), RmsPropStep.coefficients(0.01, 0.1, 0.99, 1e-8, 0.9));
            step(new AdagradStep(a, b), AdagradStep.coefficients(0.01, 0.1, 0.1, 1e-8, 3));
        }
    }
}
