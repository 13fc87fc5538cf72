package io.flambeau.tck.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Extremes, moments, quantiles and norms at their corners; the expected values are PyTorch's. */
class ReductionTest {
    private static final float LOWEST = Float.NEGATIVE_INFINITY;

    private final Tensor x = Tensors.of(new float[] {1, 7, 7, 9, 2, 9}, 2, 3);

    private static Tensor floats(float... values) {
        return Tensors.of(values);
    }

    @Test
    void maxOfAnAxisGivesValuesAndIndices() {
        Tensor[] largest = x.max(1);
        assertThat(largest).hasSize(2);
        assertThat(largest[0].toFloatArray()).containsExactly(7, 9);
        assertThat(largest[1].dtype()).isEqualTo(DType.I64);
        assertThat(x.min(0)[0].toFloatArray()).containsExactly(1, 2, 7);
        assertThat(x.min(0)[1].toLongArray()).containsExactly(0, 1, 0);
    }

    @Test
    void amaxTakesManyAxes() {
        Tensor y = Tensors.arange(24).reshape(2, 3, 4);
        assertThat(y.amax(0, 2).toLongArray()).containsExactly(15, 19, 23);
        assertThat(y.amin(-1, 0).toLongArray()).containsExactly(0, 4, 8);
        assertThat(y.amax(true, 0, 2).shape().sizes()).containsExactly(1, 3, 1);
    }

    @Test
    void equalExtremesGiveTheFirstIndex() {
        assertThat(x.max(1)[1].toLongArray()).containsExactly(1, 0);
        assertThat(x.argmax(1).toLongArray()).containsExactly(1, 0);
        assertThat(floats(3, 1, 1).min(0)[1].itemLong()).isEqualTo(1);
    }

    @Test
    void withoutAnAxisArgmaxIndexesTheFlattenedTensor() {
        assertThat(x.argmax().rank()).isZero();
        assertThat(x.argmax().itemLong()).isEqualTo(3);
        assertThat(x.t().argmax().itemLong()).isEqualTo(1);
        assertThat(x.argmin().itemLong()).isZero();
    }

    @Test
    void nanPassesThroughExtremesAndRunningSums() {
        Tensor y = floats(1, Float.NaN, 2);
        assertThat(y.max(0)[0].item()).isNaN();
        assertThat(y.max(0)[1].itemLong()).isEqualTo(1);
        assertThat(y.min().item()).isNaN();
        assertThat(y.cumsum(0).toFloatArray()).containsExactly(1, Float.NaN, Float.NaN);
    }

    @Test
    void nanSortsLastAndNansumPassesItOver() {
        Tensor y = floats(1, Float.NaN, 0);
        assertThat(y.sort()[0].toFloatArray()).containsExactly(0, 1, Float.NaN);
        assertThat(y.sort()[1].toLongArray()).containsExactly(2, 0, 1);
        assertThat(y.nansum().item()).isEqualTo(1);
    }

    @Test
    void momentsAreCorrectedByOne() {
        Tensor y = floats(1, 2, 3, 4);
        assertThat(y.var().item()).isCloseTo(5 / 3.0, within(1e-6));
        assertThat(y.var(0, false).item()).isEqualTo(1.25);
        assertThat(y.std().item()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-6));
        assertThat(floats(3).std().item()).isNaN();
        assertThat(floats(3).var(0, false).item()).isZero();
    }

    @Test
    void theMedianIsTheLowerOfTheMiddleTwo() {
        Tensor y = floats(4, 1, 3, 2);
        assertThat(y.median().item()).isEqualTo(2);
        Tensor[] middle = y.median(0, false);
        assertThat(middle[0].item()).isEqualTo(2);
        assertThat(middle[1].itemLong()).isEqualTo(3);
    }

    @Test
    void quantilesInterpolateLinearly() {
        Tensor y = floats(4, 1, 3, 2);
        assertThat(y.quantile(0.5).item()).isEqualTo(2.5);
        assertThat(y.quantile(0.4).item()).isCloseTo(2.2, within(1e-6));
        assertThat(y.quantile(1).item()).isEqualTo(4);
    }

    @Test
    void nothingSumsToZeroAndMultipliesToOne() {
        Tensor empty = Tensors.zeros(2, 0);
        assertThat(empty.sum(1).toFloatArray()).containsExactly(0, 0);
        assertThat(empty.prod(1).toFloatArray()).containsExactly(1, 1);
        assertThat(empty.mean(1).toFloatArray()).containsOnly(Float.NaN);
    }

    @Test
    void extremesOfNothingAreRefusedByTheirOwnNames() {
        Tensor empty = Tensors.zeros(2, 0);
        assertThatThrownBy(() -> empty.max(1)).hasMessage("max: axis 1 of shape [2, 0] has no elements (FB-109)");
        assertThatThrownBy(() -> empty.min(-1)).hasMessage("min: axis -1 of shape [2, 0] has no elements (FB-109)");
        assertThatThrownBy(empty::max).hasMessage("max: shape [2, 0] has no elements (FB-109)");
        assertThatThrownBy(empty::min).hasMessage("min: shape [2, 0] has no elements (FB-109)");
        assertThatThrownBy(empty::argmax).hasMessage("argmax: shape [2, 0] has no elements (FB-109)");
        assertThatThrownBy(() -> x.max(2)).hasMessageStartingWith("max: axis 2");
        assertThat(empty.max(0)[0].shape().sizes()).containsExactly(0);
    }

    @Test
    void noAxesMeansAllAxes() {
        int[] none = {};
        assertThat(x.sum(none).rank()).isZero();
        assertThat(x.sum(none).item()).isEqualTo(35);
        assertThat(x.amax(none).item()).isEqualTo(9);
        assertThat(x.mean(true, none).shape().sizes()).containsExactly(1, 1);
    }

    @Test
    void allOfMinusInfinity() {
        Tensor lowest = floats(LOWEST, LOWEST);
        assertThat(lowest.logsumexp().item()).isEqualTo(LOWEST);
        assertThat(lowest.softmax(0).toFloatArray()).containsOnly(Float.NaN);
        assertThat(lowest.logSoftmax(0).toFloatArray()).containsOnly(Float.NaN);
    }

    @Test
    void theNormOfAMatrixIsFrobeniusUnlessTheOrderIsTwo() {
        Tensor y = Tensors.of(new double[] {3, 0, 0, 4}, 2, 2);
        assertThat(y.norm().item()).isCloseTo(5, within(1e-12));
        assertThat(Linalg.norm(y).item()).isCloseTo(5, within(1e-12));
        assertThat(Linalg.norm(y, 2.0, false, null).item()).isCloseTo(4, within(1e-12));
        assertThat(Linalg.matrixNorm(y, 2, false, -2, -1).item()).isCloseTo(4, within(1e-12));
    }

    @Test
    void bincountCountsInSixtyFourBits() {
        Tensor counts = Tensors.of(new int[] {0, 2, 2}).bincount(null, 0);
        assertThat(counts.dtype()).isEqualTo(DType.I64);
        assertThat(counts.toLongArray()).containsExactly(1, 0, 2);
    }
}
