package io.flambeau.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.MaxPoolBackward;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.RmsPropStep;
import io.flambeau.tensor.spi.Backend;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fused kernels where operands are longer than what a group takes at once: the results are the CPU's. */
class FusedKernelsTest {
    private static final Device OPENCL = new Device("opencl", 0);

    private static Backend kernels;

    @BeforeAll
    static void needsADevice() {
        Present.require();
        kernels = new OpenClProvider().open();
    }

    /** Checks that an operation has a fused kernel, which gives the same as here; what it gives here. */
    private static Tensor[] check(Op op, Tensor... in) {
        Spec[] specs = Arrays.stream(there(in)).map(Tensor::spec).toArray(Spec[]::new);
        assertThat(kernels.kernel(op, specs)).as("a kernel for %s", op).isNotNull();
        return same(op, in);
    }

    private static Tensor[] there(Tensor... in) {
        return Arrays.stream(in).map(t -> t.to(OPENCL)).toArray(Tensor[]::new);
    }

    /** Checks that an operation gives the same on the device as here; what it gives here. */
    static Tensor[] same(Op op, Tensor... in) {
        Tensor[] expected = Tensor.bindAll(op, in);
        Tensor[] results = Tensor.bindAll(op, there(in));
        assertThat(results).hasSameSizeAs(expected);
        for (int i = 0; i < results.length; i++) {
            boolean half = expected[i].dtype().isHalf();
            assertThat(results[i].to(Device.CPU).allclose(expected[i], half ? 0.03 : 1e-4, half ? 0.03 : 1e-5, true))
                    .as("output %d of %s", i, op)
                    .isTrue();
        }
        return expected;
    }

    @ParameterizedTest
    @CsvSource({
        "37, 53, 40, 24, false, none",
        "37, 53, 40, 24, true, none",
        "64, 64, 128, 128, true, none",
        "17, 33, 8, 8, false, bool",
        "17, 33, 8, 8, true, float",
        "5, 7, 200, 8, false, none"
    })
    void attention(int l, int s, int e, int f, boolean causal, String kind) {
        try (Scope _ = Scope.open("attention")) {
            Tensors.manualSeed(3);
            Tensor q = Tensors.randn(2, 3, l, e);
            Tensor k = Tensors.randn(2, 3, s, e);
            Tensor v = Tensors.randn(2, 3, s, f);
            Tensor g = Tensors.randn(2, 3, l, f);
            Attention op = new Attention(!kind.equals("none"), causal, 0.3, null);
            Tensor mask = Tensors.randn(2, 3, l, s);
            if (kind.equals("bool")) {
                // The first queries may attend to nothing.
                mask = mask.gt(0).logicalAnd(Tensors.arange(l).reshape(l, 1).gt(1));
            }
            if (kind.equals("none")) {
                Tensor[] out = check(new ScaledDotProductAttention(op), q, k, v);
                check(new ScaledDotProductAttentionBackward(op), g, q, k, v, out[0], out[1]);
            } else {
                Tensor[] out = check(new ScaledDotProductAttention(op), q, k, v, mask);
                check(new ScaledDotProductAttentionBackward(op), g, q, k, v, out[0], out[1], mask);
            }
        }
    }

    /** What the kernels do beyond the plain case: wide heads, dropout, half precision, the gradient of the mask. */
    @ParameterizedTest
    @CsvSource({
        "17, 35, 150, 140, F32, false",
        "5, 20, 9, 300, F32, true",
        "18, 5, 130, 7, F64, true",
        "17, 35, 24, 20, F16, true",
        "9, 7, 8, 8, BF16, false"
    })
    void attentionOfEveryKind(int l, int s, int e, int f, DType dtype, boolean causal) {
        try (Scope _ = Scope.open("attention")) {
            Tensors.manualSeed(4);
            Tensor q = Tensors.randn(2, l, e).mul(0.3).to(dtype);
            Tensor k = Tensors.randn(2, s, e).mul(0.3).to(dtype);
            Tensor v = Tensors.randn(2, s, f).to(dtype);
            Tensor g = Tensors.randn(2, l, f).mul(0.1).to(dtype);
            Tensor mask = Tensors.randn(2, l, s).to(dtype);
            Tensor counter = Tensors.of(new long[] {1000});
            Attention op = new Attention(true, causal, 0.3, new Dropout(0.4, 11, 5));
            Tensor[] out = check(new ScaledDotProductAttention(op), q, k, v, mask);
            check(new ScaledDotProductAttentionBackward(op), g, q, k, v, out[0], out[1], mask);
            out = check(new ScaledDotProductAttention(op), q, k, v, mask, counter);
            check(new ScaledDotProductAttentionBackward(op), g, q, k, v, out[0], out[1], mask, counter);
        }
    }

    /** Parameters of many sizes, in slabs of their own and together; one that does not lie without gaps. */
    @Test
    void stepsOfManyParameters() {
        try (Scope _ = Scope.open("steps")) {
            int[] sizes = {1, 7, 1024, 1025, 5000, 3, 100_000, 600_000};
            AdamStep adam = new AdamStep(true, true, true, false);
            double[] c = adam.coefficients(0.1, 0.9, 0.99, 1e-3, 0.01, 3);
            Tensor[] here = new Tensor[5 * sizes.length];
            Tensor[] there = new Tensor[here.length];
            for (int i = 0; i < here.length; i++) {
                Tensor x = Tensors.rand(2, sizes[i % sizes.length]);
                here[i] = x.t();
                there[i] = x.to(OPENCL).t();
            }
            run(adam, c, here, sizes.length);
            run(adam, c, there, sizes.length);
            for (int i = 0; i < here.length; i++) {
                assertThat(there[i].to(Device.CPU).allclose(here[i], 1e-5, 1e-6, true))
                        .as("tensor %d", i)
                        .isTrue();
            }
            RmsPropStep rms = new RmsPropStep(false, true, true, true);
            check(
                    rms,
                    Tensors.of(RmsPropStep.coefficients(0.1, 0.01, 0.9, 1e-3, 0.5))
                            .to(DType.F32),
                    Tensors.rand(3000),
                    Tensors.rand(3000),
                    Tensors.rand(3000).add(1),
                    Tensors.rand(3000),
                    Tensors.rand(3000));
        }
    }

    private static void run(AdamStep step, double[] c, Tensor[] all, int n) {
        Tensor[][] parts = new Tensor[5][n];
        for (int i = 0; i < all.length; i++) {
            parts[i / n][i % n] = all[i];
        }
        step.run(c, parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    @Test
    void normalisationsPoolsAndEmbeddings() {
        try (Scope _ = Scope.open("others")) {
            Tensors.manualSeed(5);
            Tensor x = Tensors.randn(3, 12, 9, 11);
            Tensor weight = Tensors.randn(12);
            Tensor[] norm = check(new GroupNorm(4, true, true, 1e-5), x, weight, weight);
            check(new GroupNormBackward(4, true, 1e-5), norm[0], x, norm[1], norm[2], weight);
            for (boolean counted : new boolean[] {false, true}) {
                Pooling pooling = new Pooling(Axes.of(3L, 4L), Axes.of(2L, 3L), Axes.of(1L, 2L), Axes.of(1L, 1L), true);
                AvgPool pool = new AvgPool(pooling, counted, 0);
                Tensor[] means = check(pool, x);
                check(new AvgPoolBackward(pool, Axes.of(9L, 11L)), means[0]);
            }
            Pooling dilated = new Pooling(Axes.of(3L, 2L), Axes.of(1L, 2L), Axes.of(1L, 0L), Axes.of(2L, 3L), true);
            Tensor places = check(new MaxPool(dilated), x)[1];
            check(
                    new MaxPoolBackward(Axes.of(9L, 11L), dilated),
                    Tensors.randn(places.shape().sizes()),
                    places);
            Tensor index = Tensors.randint(0, 40, 500);
            check(new EmbeddingBackward(40, 3, true), Tensors.randn(500, 150), index);
            check(new EmbeddingBackward(40, -1, false), Tensors.randn(500, 150), index);
        }
    }
}
