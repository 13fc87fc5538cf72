package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.catalog.ModuleCatalog;
import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.nn.functional.EmbeddingBagOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.nn.functional.NormOptions;
import io.flambeau.nn.layer.BatchNorm1d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.ConvTranspose2d;
import io.flambeau.nn.layer.InstanceNorm1d;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.nn.layer.Linear;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What layers do where one might expect something else; the numbers are PyTorch's. */
class LayerConventionsTest {
    private static Tensor row(double... values) {
        return Tensors.of(values).to(DType.F32).reshape(1, 1, -1);
    }

    private static void assertClose(Tensor actual, double... expected) {
        assertThat(actual.detach().to(DType.F64).toDoubleArray()).containsExactly(expected, within(1e-4));
    }

    @Test
    void transposedConvolutionsHaveNoOtherPaddingThanZeros() {
        for (String name : List.of("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d")) {
            for (String mode : List.of("reflect", "replicate", "circular")) {
                assertThatThrownBy(() -> ModuleCatalog.make(name, List.of(2L, 3L, 3L), Map.of("padding_mode", mode)))
                        .isInstanceOf(ArgumentException.class)
                        .hasMessageContaining(
                                "padding_mode is '" + mode + "'; a transposed convolution takes zeros alone");
            }
            ModuleCatalog.make(name, List.of(2L, 3L, 3L), Map.of("padding_mode", "zeros"));
        }
    }

    @Test
    void aConvolutionSlidesItsKernelUnturned() {
        assertClose(F.conv1d(row(1, 2, 3, 4), row(1, 10, 100), null), 321, 432);
        assertThat(new Conv2d(4, 6, 3, ConvOptions.options().groups(2))
                        .stateDict()
                        .get("weight")
                        .shape()
                        .sizes())
                .containsExactly(6, 2, 3, 3);
        assertThat(new ConvTranspose2d(4, 6, 3, ConvTransposeOptions.options().groups(2))
                        .stateDict()
                        .get("weight")
                        .shape()
                        .sizes())
                .containsExactly(4, 3, 3, 3);
    }

    @Test
    void outputPaddingIsSmallerThanStrideOrDilation() {
        Tensor x = Tensors.ones(1, 1, 3);
        Tensor w = Tensors.ones(1, 1, 2);
        ConvTransposeOptions two = ConvTransposeOptions.options().outputPadding(2);
        assertThatThrownBy(() -> F.convTranspose1d(x, w, null, two.stride(2)))
                .isInstanceOf(TensorException.class)
                .hasMessageStartingWith("convTranspose1d:");
        assertThat(F.convTranspose1d(x, w, null, two.dilation(3)).size(2)).isEqualTo(8);
    }

    @Test
    void aSampleNeedsNoBatch() {
        assertThat(new Conv2d(2, 3, 2).call(Tensors.ones(2, 4, 4)).shape().sizes())
                .containsExactly(3, 3, 3);
        assertThat(new LSTM(3, 4).call(Tensors.ones(5, 3)).shape().sizes()).containsExactly(5, 4);
    }

    @Test
    void poolsStepByTheirKernelAndDropWindowsThatStartInThePadding() {
        assertClose(F.maxPool1d(row(0, 1, 2, 3, 4, 5, 6), 3), 2, 5);
        MaxPoolOptions wide = MaxPoolOptions.kernel(2).stride(3).padding(1).ceilMode(true);
        assertClose(F.maxPool1d(row(0, 1, 2, 3, 4), wide), 0, 3);
        assertClose(
                F.avgPool1d(row(1, 1, 1), AvgPoolOptions.kernel(2).padding(1).ceilMode(true)), 0.5, 1);
        AvgPoolOptions padded = AvgPoolOptions.kernel(2).padding(1);
        assertClose(F.avgPool1d(row(1, 1, 1, 1), padded), 0.5, 1, 0.5);
        assertClose(F.avgPool1d(row(1, 1, 1, 1), padded.countIncludePad(false)), 1, 1, 1);
    }

    @Test
    void theBorderOfAMaxPoolIsNoZeroAndTiesGoToTheFirst() {
        assertClose(F.maxPool1d(row(-5, -3), MaxPoolOptions.kernel(2).stride(1).padding(1)), -5, -3, -3);
        Tensor x = row(2, 2, 1, 1).requiresGrad(true);
        F.maxPool1d(x, 2).sum().backward();
        assertClose(x.grad(), 1, 0, 1, 0);
    }

    private static BatchNorm1d trained(NormOptions options) {
        BatchNorm1d norm = new BatchNorm1d(1, options);
        norm.call(Tensors.of(new float[] {1, 3}, 2, 1));
        norm.call(Tensors.of(new float[] {5, 9}, 2, 1));
        return norm;
    }

    @Test
    void runningStatisticsAreUnbiasedAndMoveByATenthOrAreMeans() {
        BatchNorm1d tenth = trained(BatchNorm1d.options());
        assertClose(tenth.stateDict().get("running_mean"), 0.88);
        assertClose(tenth.stateDict().get("running_var"), 1.79);
        assertThat(tenth.stateDict().get("num_batches_tracked").itemLong()).isEqualTo(2);
        assertThat(tenth.stateDict().get("num_batches_tracked").dtype()).isEqualTo(DType.I64);
        BatchNorm1d mean = trained(BatchNorm1d.options().momentum(null));
        assertClose(mean.stateDict().get("running_mean"), 4.5);
        assertClose(mean.stateDict().get("running_var"), 5);
    }

    @Test
    void batchesAreNormalisedWithTheBiasedVarianceOfMoreThanOneValue() {
        Tensor pair = Tensors.of(new float[] {1, 3}, 2, 1);
        assertClose(new BatchNorm1d(1).call(pair), -1, 1);
        assertThatThrownBy(() -> new BatchNorm1d(1).call(Tensors.ones(1, 1)))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("batchNorm");
        BatchNorm1d untracked = new BatchNorm1d(1, BatchNorm1d.options().trackRunningStats(false));
        untracked.eval();
        assertClose(untracked.call(pair), -1, 1);
        assertThat(untracked.stateDict()).containsOnlyKeys("weight", "bias");
        assertThat(new BatchNorm1d(1, BatchNorm1d.options().affine(false)).stateDict())
                .containsOnlyKeys("running_mean", "running_var", "num_batches_tracked");
        assertThat(new InstanceNorm1d(3).stateDict()).isEmpty();
    }

    @Test
    void theEpsilonsOfTheOtherNorms() {
        Tensor x = Tensors.of(new float[] {1, 2, 3});
        assertClose(F.layerNorm(x, new long[] {3}, null, null, 1.0), -0.7746, 0, 0.7746);
        Tensor small = Tensors.of(new float[] {1e-4f, 2e-4f});
        assertClose(F.rmsNorm(small, 2), 0.2633, 0.5267);
        assertClose(F.rmsNorm(small, new long[] {2}, null, 1e-6), 0.0988, 0.1975);
    }

    @Test
    void activationsAtTheirEdges() {
        Tensor one = Tensors.of(new double[] {1});
        assertThat(F.gelu(one).item()).isCloseTo(0.8413447460685429, within(1e-12));
        assertThat(F.gelu(one, "tanh").item()).isCloseTo(0.8411919906082768, within(1e-12));
        assertThat(F.softplus(Tensors.of(new double[] {20.1})).item()).isEqualTo(20.1);
        Tensor near = Tensors.of(new double[] {10.1, 9.9});
        assertThat(F.softplus(near, 2, 20).toDoubleArray()).containsExactly(10.1, 9.90000000125875);
        assertThat(F.silu(Tensors.of(new float[] {Float.NEGATIVE_INFINITY})).item())
                .isNaN();
        Tensor x = Tensors.arange(1, 7).neg().to(DType.F32).reshape(2, 3);
        assertClose(F.prelu(x, Tensors.of(new float[] {1, 2, 3})), -1, -4, -9, -4, -10, -18);
    }

    @Test
    void softmaxCastsFirst() {
        Tensor half = Tensors.of(new float[] {60000, 60000}).to(DType.F16);
        assertThat(F.softmax(half, 0, DType.F32).dtype()).isEqualTo(DType.F32);
        assertClose(F.softmax(half, 0, DType.F32), 0.5, 0.5);
        assertClose(F.softmax(Tensors.of(new long[] {1, 2}), 0, DType.F32), 0.2689, 0.7311);
    }

    @Test
    void dropoutTrainsUnlessToldAndScalesWhatIsLeft() {
        Tensor x = Tensors.ones(1000);
        assertThat(F.dropout(x).eq(0).sum().itemLong()).isBetween(400L, 600L);
        assertThat(F.dropout(x, 0.75, true).unique()[0].toFloatArray()).containsExactly(0, 4);
        assertThat(F.dropout(x, 1, true).sum().item()).isZero();
        assertThat(F.dropout(x, 1, false).equal(x)).isTrue();
    }

    @Test
    void bagsAreMeans() {
        Tensor weight = Tensors.arange(6).to(DType.F32).reshape(3, 2);
        Tensor bag = F.embeddingBag(
                Tensors.of(new long[] {0, 1}),
                weight,
                EmbeddingBagOptions.options().offsets(Tensors.of(new long[] {0})));
        assertClose(bag, 1, 2);
    }

    @Test
    void loadedValuesTakeTheDtypeOfTheModule() {
        Linear layer = new Linear(2, 1);
        Tensor weight = Tensors.of(new double[] {0.5, 2}, 1, 2);
        layer.loadStateDict(Map.of("weight", weight, "bias", Tensors.zeros(DType.F64, 1)));
        assertThat(layer.weight().dtype()).isEqualTo(DType.F32);
        assertClose(layer.weight().reshape(2), 0.5, 2);
    }

    @Test
    void onlyPersistentBuffersAreSaved() {
        Module module = new Module() {
            private final Tensor kept = buffer("kept", Tensors.ones(1));
            private final Tensor cache = buffer("cache", Tensors.ones(1), false);

            @Override
            protected Tensor forward(Tensor x) {
                return x.add(kept).add(cache);
            }
        };
        assertThat(module.stateDict()).containsOnlyKeys("kept");
        assertClose(module.call(Tensors.ones(1)), 3);
    }
}
