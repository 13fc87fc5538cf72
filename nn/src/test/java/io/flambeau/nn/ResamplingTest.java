package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.functional.InterpolateOptions;
import io.flambeau.nn.functional.InterpolateOptions.Mode;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Where interpolation, grids and borders look; the numbers are PyTorch's. */
class ResamplingTest {
    private static final Tensor FIVE = Tensors.arange(5).to(DType.F32).reshape(1, 1, 5);
    private static final Tensor FOUR = Tensors.of(new float[] {1, 2, 3, 4}, 1, 1, 4);

    private static void assertClose(Tensor actual, double... expected) {
        assertThat(actual.to(DType.F64).toDoubleArray()).containsExactly(expected, within(1e-4));
    }

    @Test
    void nearestRoundsDownAndNearestExactTakesCentres() {
        assertClose(F.interpolate(FIVE, InterpolateOptions.size(3)), 0, 1, 3);
        assertClose(F.interpolate(FIVE, InterpolateOptions.size(3).mode(Mode.NEAREST_EXACT)), 0, 2, 4);
        assertClose(F.interpolate(FIVE, InterpolateOptions.scale(1.5)), 0, 0, 1, 2, 2, 3, 4);
        assertClose(F.interpolate(FIVE, InterpolateOptions.scale(1.5).mode(Mode.NEAREST_EXACT)), 0, 1, 1, 2, 3, 3, 4);
        assertThatThrownBy(() -> F.interpolate(FIVE, InterpolateOptions.size(3).alignCorners(false)))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("alignCorners");
    }

    @Test
    void cornersAreNotAlignedUnlessAsked() {
        InterpolateOptions three = InterpolateOptions.size(3).mode(Mode.LINEAR);
        assertClose(F.interpolate(FOUR, three), 1.1667, 2.5, 3.8333);
        assertClose(F.interpolate(FOUR, three.alignCorners(true)), 1, 2.5, 4);
    }

    @Test
    void aScaleIsUsedAsGivenUnlessRecomputed() {
        InterpolateOptions scale = InterpolateOptions.scale(1.3).mode(Mode.LINEAR);
        assertClose(F.interpolate(FOUR, scale), 1, 1.6538, 2.4231, 3.1923, 3.9615);
        assertClose(F.interpolate(FOUR, scale.recomputeScale(true)), 1, 1.7, 2.5, 3.3, 4);
    }

    @Test
    void cubicsBendByThreeQuartersAndAntialiasingIsAChoice() {
        Tensor row = Tensors.of(new float[] {0, 0, 1, 0, 0, 0}).expand(1, 1, 6, 6);
        Tensor cubic = F.interpolate(row, InterpolateOptions.size(6, 9).mode(Mode.BICUBIC));
        assertClose(cubic.select(2, 3).reshape(9), 0, -0.0938, 0.1609, 0.9433, 0.5938, -0.0868, -0.0174, 0, 0);
        Tensor ramp = Tensors.arange(8).to(DType.F32).reshape(1, 1, 1, 8);
        InterpolateOptions three = InterpolateOptions.size(1, 3).mode(Mode.BILINEAR);
        assertClose(F.interpolate(ramp, three), 0.8333, 3.5, 6.1667);
        assertClose(F.interpolate(ramp, three.antialias(true)), 1.1053, 3.5, 5.8947);
    }

    @Test
    void gridsGoFromEdgeToEdgeUnlessCornersAreAligned() {
        Tensor image = Tensors.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
        Tensor grid = Tensors.of(new float[] {-1, -1, 1, 1, 0, 0}, 1, 1, 3, 2);
        assertClose(F.gridSample(image, grid), 0.25, 1, 2.5);
    }

    @Test
    void bordersThatRepeatNeedAnAxisBeforeThem() {
        Tensor rows = Tensors.arange(6).to(DType.F32).reshape(2, 3);
        assertClose(F.pad(rows, new long[] {1, 1}, PadMode.REFLECT), 1, 0, 1, 2, 1, 4, 3, 4, 5, 4);
        assertThatThrownBy(() -> F.pad(rows.select(0, 0), new long[] {1, 1}, PadMode.REFLECT))
                .isInstanceOf(TensorException.class)
                .hasMessageStartingWith("pad:");
    }
}
