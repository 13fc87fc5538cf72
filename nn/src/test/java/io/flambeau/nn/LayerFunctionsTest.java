package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.functional.AttentionWeights;
import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.nn.functional.EmbeddingOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.nn.functional.MultiHeadOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.vision.GridSample;
import org.junit.jupiter.api.Test;

/** Convolution, pooling, normalisation, attention, dropout and images: what PyTorch's semantics say of them. */
class LayerFunctionsTest {
    private static Tensor normal(long... sizes) {
        return Tensors.randn(new Generator(11), sizes);
    }

    private static double inner(Tensor x, Tensor y) {
        return x.mul(y).to(DType.F64).sum().item();
    }

    @Test
    void anEvenKernelPadsOneMoreBehind() {
        Tensor y = F.conv1d(
                Tensors.of(new float[] {1, 2, 3}, 1, 1, 3),
                Tensors.of(new float[] {1, 10}, 1, 1, 2),
                null,
                ConvOptions.options().paddingSame());
        assertThat(y.toFloatArray()).containsExactly(21, 32, 3);
    }

    @Test
    void aTransposedConvolutionIsTheAdjoint() {
        Tensor weight = normal(4, 3, 3, 2);
        ConvOptions forward = ConvOptions.options().stride(2, 1).padding(1, 0).dilation(1, 2);
        Tensor x = normal(2, 3, 7, 6);
        Tensor y = F.conv2d(x, weight, null, forward);
        Tensor g = Tensors.randn(new Generator(5), y.shape().sizes());
        Tensor back = F.convTranspose2d(
                g,
                weight,
                null,
                ConvTransposeOptions.options().stride(2, 1).padding(1, 0).dilation(1, 2));
        assertThat(back.shape()).isEqualTo(x.shape());
        assertThat(inner(x, back)).isCloseTo(inner(y, g), within(1e-3));
    }

    @Test
    void whatHangsOverThePaddingDoesNotCount() {
        AvgPoolOptions options = AvgPoolOptions.kernel(3).stride(2).padding(1).ceilMode(true);
        Tensor y = F.avgPool1d(Tensors.ones(1, 1, 4), options);
        assertThat(y.toFloatArray()).containsExactly(new float[] {2 / 3f, 1, 0.5f}, within(1e-6f));
        Tensor counted = F.avgPool1d(Tensors.ones(1, 1, 4), options.countIncludePad(false));
        assertThat(counted.toFloatArray()).containsExactly(1, 1, 1);
    }

    @Test
    void maxPoolKeepsNanAndGivesPlaces() {
        Tensor x = Tensors.of(new float[] {1, 3, Float.NaN, 2, 3, 3}, 1, 1, 6).requiresGrad(true);
        Tensor[] y = F.maxPool1dWithIndices(x, MaxPoolOptions.kernel(2));
        assertThat(y[0].detach().toFloatArray()).containsExactly(3, Float.NaN, 3);
        assertThat(y[1].toLongArray()).containsExactly(1, 2, 4);
        y[0].sum().backward();
        assertThat(x.grad().toFloatArray()).containsExactly(0, 1, 1, 0, 1, 0);
    }

    @Test
    void unpoolingPutsBackWhatPoolingTook() {
        Tensor x = normal(2, 3, 6, 4);
        MaxPoolOptions options = MaxPoolOptions.kernel(2);
        Tensor[] pooled = F.maxPool2dWithIndices(x, options);
        Tensor back = F.maxUnpool2d(pooled[0], pooled[1], options);
        assertThat(F.maxPool2d(back.abs(), options)
                        .sub(pooled[0].abs())
                        .abs()
                        .amax()
                        .item())
                .isLessThan(1e-6);
        assertThat(back.sum().item()).isCloseTo(pooled[0].sum().item(), within(1e-4));
    }

    @Test
    void adaptiveWindowsCoverAndOverlap() {
        Tensor x = Tensors.arange(5).to(DType.F32).reshape(1, 1, 5).requiresGrad(true);
        Tensor mean = F.adaptiveAvgPool1d(x, 3);
        assertThat(mean.detach().toFloatArray()).containsExactly(new float[] {0.5f, 2, 3.5f}, within(1e-6f));
        mean.sum().backward();
        assertThat(x.grad().toFloatArray())
                .containsExactly(new float[] {0.5f, 0.8333333f, 0.3333333f, 0.8333333f, 0.5f}, within(1e-6f));
        assertThat(F.adaptiveMaxPool1d(x.detach(), 3).toFloatArray()).containsExactly(1, 3, 4);
    }

    @Test
    void batchNormTracksTheUnbiasedVariance() {
        Tensor x = Tensors.of(new float[] {1, 3, 5, 7}, 4, 1);
        Tensor mean = Tensors.zeros(1);
        Tensor variance = Tensors.ones(1);
        Tensor y = F.batchNorm(x, mean, variance, null, null, true, 0.1, 0);
        assertThat(y.square().mean().item()).isCloseTo(1, within(1e-6));
        assertThat(mean.item()).isCloseTo(0.4, within(1e-6));
        assertThat(variance.item()).isCloseTo(0.9 + 0.1 * 20 / 3, within(1e-6));
        assertThatThrownBy(() -> F.batchNorm(Tensors.ones(1, 2), null, null, null, null, true, 0.1, 1e-5))
                .hasMessageContaining("more than one value for each channel");
    }

    @Test
    void aQueryThatMayAttendToNothingGivesZeros() {
        Tensor q = normal(2, 4).requiresGrad(true);
        Tensor k = normal(3, 4);
        Tensor mask = Tensors.of(new boolean[] {true, false, true, false, false, false}, 2, 3);
        Tensor y =
                F.scaledDotProductAttention(q, k, k, AttentionOptions.options().mask(mask));
        y.sum().backward();
        assertThat(y.detach().select(0, 1).toFloatArray()).containsOnly(0);
        assertThat(q.grad().select(0, 1).toFloatArray()).containsOnly(0);
        assertThat(y.detach().isnan().any().itemBoolean()).isFalse();
    }

    @Test
    void theCausalMaskIsAlignedAtTheTopLeft() {
        Tensor q = normal(2, 4);
        Tensor k = normal(3, 4);
        Tensor y =
                F.scaledDotProductAttention(q, k, k, AttentionOptions.options().causal(true));
        assertThat(y.select(0, 0).toFloatArray()).containsExactly(k.select(0, 0).toFloatArray(), within(1e-6f));
    }

    @Test
    void headsAttendAlikeWithAndWithoutTheirWeights() {
        Tensor x = normal(5, 2, 6);
        AttentionWeights weights =
                new AttentionWeights(normal(18, 6), null, null, null, normal(18), null, null, normal(6, 6), normal(6));
        MultiHeadOptions options = MultiHeadOptions.heads(3).addZeroAttention(true);
        Tensor[] with = F.multiHeadAttentionForward(x, x, x, weights, options);
        Tensor[] without = F.multiHeadAttentionForward(x, x, x, weights, options.needWeights(false));
        assertThat(with[0].toFloatArray()).containsExactly(without[0].toFloatArray(), within(1e-3f));
        assertThat(without[1]).isNull();
        assertThat(with[1].shape().sizes()).containsExactly(2, 5, 6);
        assertThat(with[1].sum(-1).toFloatArray()).containsOnly(new float[] {1}, within(1e-5f));
    }

    @Test
    void theGradientOfDropoutDropsTheSame() {
        Tensor x = Tensors.ones(1000).requiresGrad(true);
        Tensor y = F.dropout(x, 0.3, true);
        y.sum().backward();
        assertThat(x.grad().toFloatArray()).containsExactly(y.detach().toFloatArray());
        double kept = y.detach().gt(0).to(DType.F32).mean().item();
        assertThat(kept).isBetween(0.64, 0.76);
        assertThat(y.detach().amax().item()).isCloseTo(1 / 0.7, within(1e-6));
        assertThat(F.dropout(x.detach(), 1, true).toFloatArray()).containsOnly(0);
        assertThat(F.dropout(x, 0.3, false)).isSameAs(x);
        assertThatThrownBy(() -> F.dropout(x, 1.5, true)).hasMessageStartingWith("dropout: p is 1.5");
    }

    @Test
    void featureDropoutDropsWholeChannels() {
        Tensor y = F.dropout2d(Tensors.ones(8, 16, 3, 3), 0.5, true).flatten(2);
        assertThat(y.amax(2).sub(y.amin(2)).toFloatArray()).containsOnly(0);
        assertThat(y.amax(2).mean().item()).isBetween(0.6, 1.4);
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        Tensor y = F.alphaDropout(Tensors.randn(new Generator(1), 40_000), 0.2, true);
        assertThat(y.mean().item()).isCloseTo(0, within(0.03));
        assertThat(y.var().item()).isCloseTo(1, within(0.05));
    }

    @Test
    void embeddingPadsAndBoundsRows() {
        Tensor weight = Tensors.of(new float[] {3, 4, 6, 8, 1, 0}, 3, 2).requiresGrad(true);
        Tensor indices = Tensors.of(new long[] {0, 1, 1, 2});
        EmbeddingOptions options = EmbeddingOptions.options().paddingIndex(-1L).maxNorm(5.0);
        F.embedding(indices, weight, options).sum().backward();
        assertThat(weight.detach().toFloatArray()).containsExactly(new float[] {3, 4, 3, 4, 1, 0}, within(1e-5f));
        assertThat(weight.grad().toFloatArray()).containsExactly(1, 1, 2, 2, 0, 0);
        assertThatThrownBy(() -> F.oneHot(Tensors.of(new long[] {0, 3}), 3)).hasMessageContaining("from 0 to 3");
    }

    @Test
    void foldIsTheAdjointOfUnfold() {
        ConvOptions options = ConvOptions.options().stride(2, 1).padding(1).dilation(1, 2);
        Tensor x = normal(2, 3, 6, 7);
        Tensor columns = F.unfold(x, new long[] {3, 2}, options);
        Tensor g = Tensors.randn(new Generator(2), columns.shape().sizes());
        Tensor back = F.fold(g, new long[] {6, 7}, new long[] {3, 2}, options);
        assertThat(inner(x, back)).isCloseTo(inner(columns, g), within(1e-3));
    }

    @Test
    void theIdentityGridGivesTheImage() {
        Tensor x = normal(2, 3, 4, 5);
        Tensor theta = Tensors.of(new float[] {1, 0, 0, 0, 1, 0}, 1, 2, 3).expand(2, 2, 3);
        for (boolean align : new boolean[] {false, true}) {
            Tensor grid = F.affineGrid(theta, x.shape().sizes(), align);
            for (GridSample.Mode mode : GridSample.Mode.values()) {
                Tensor y = F.gridSample(x, grid, mode, GridSample.Border.BORDER, align);
                assertThat(y.sub(x).abs().amax().item()).isLessThan(1e-4);
            }
        }
    }

    @Test
    void pixelsAndChannelsAreShuffledBack() {
        Tensor x = normal(2, 8, 3, 4);
        assertThat(F.pixelUnshuffle(F.pixelShuffle(x, 2), 2).toFloatArray()).containsExactly(x.toFloatArray());
        assertThat(F.channelShuffle(F.channelShuffle(x, 2), 4).toFloatArray()).containsExactly(x.toFloatArray());
    }

    @Test
    void padNamesTheLastAxisFirst() {
        Tensor x = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
        assertThat(F.pad(x, 1, 0, 0, 1).shape().sizes()).containsExactly(1, 3, 4);
        assertThat(F.pad(x, -1, -1).toFloatArray()).containsExactly(2, 5);
        assertThat(F.pad(x, new long[] {2, 1}, PadMode.REFLECT).select(1, 0).toFloatArray())
                .containsExactly(3, 2, 1, 2, 3, 2);
        assertThat(F.pad(x, new long[] {2, 1}, PadMode.CIRCULAR).select(1, 0).toFloatArray())
                .containsExactly(2, 3, 1, 2, 3, 1);
        assertThat(F.pad(x, new long[] {0, 1}, PadMode.CONSTANT, Scalar.of(9))
                        .select(1, 1)
                        .toFloatArray())
                .containsExactly(4, 5, 6, 9);
        assertThatThrownBy(() -> F.pad(x, new long[] {3, 0}, PadMode.REFLECT))
                .hasMessageStartingWith("pad: axis 2 of shape [1, 2, 3] is too short for a border of 3 and 0");
    }

    @Test
    void refusals() {
        Tensor x = Tensors.ones(1, 1, 4);
        assertThatThrownBy(() -> F.conv1d(x, Tensors.ones(1, 2, 2), null))
                .hasMessageStartingWith(
                        "conv1d: the input [1, 1, 4] has 1 channels, the weight [1, 2, 2] in 1 groups wants 2");
        assertThatThrownBy(() -> F.conv1d(
                        x,
                        Tensors.ones(1, 1, 2),
                        null,
                        ConvOptions.options().stride(2).paddingSame()))
                .hasMessageStartingWith("conv1d: padding 'same' needs stride 1");
        assertThatThrownBy(() -> F.maxPool1d(x, MaxPoolOptions.kernel(2).padding(2)))
                .hasMessageStartingWith("maxPool1d: padding is [2]; it must be from 0 to half");
        assertThatThrownBy(() -> F.groupNorm(Tensors.ones(2, 7, 4), 2))
                .hasMessageStartingWith("groupNorm: the number of groups, 2, does not divide the 7 channels");
    }
}
