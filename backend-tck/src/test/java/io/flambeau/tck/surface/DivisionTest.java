package io.flambeau.tck.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Quotients, remainders, rounding, powers and bounds at their corners; the expected values are PyTorch's. */
class DivisionTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private static Tensor floats(float... values) {
        return Tensors.of(values);
    }

    private static Tensor longs(long... values) {
        return Tensors.of(values);
    }

    @Test
    void theThreeRoundingModes() {
        Tensor x = floats(-7, 7);
        Tensor two = floats(2, 2);
        assertThat(x.div(two, null).toFloatArray()).containsExactly(-3.5f, 3.5f);
        assertThat(x.div(two, "trunc").toFloatArray()).containsExactly(-3, 3);
        assertThat(x.div(two, "floor").toFloatArray()).containsExactly(-4, 3);
        assertThat(longs(-7, 7).div(Scalar.of(2L), "floor").toLongArray()).containsExactly(-4, 3);
        assertThat(longs(-7, 7).div(Scalar.of(2L), null).toFloatArray()).containsExactly(-3.5f, 3.5f);
        assertThatThrownBy(() -> x.div(two, "ceil"))
                .isInstanceOf(TensorException.class)
                .hasMessageStartingWith("div:")
                .hasMessageContaining("ceil");
    }

    @Test
    void remainderTakesTheSignOfTheDivisorAndFmodOfTheDividend() {
        Tensor x = floats(-7, 7);
        assertThat(x.remainder(Scalar.of(3.0)).toFloatArray()).containsExactly(2, 1);
        assertThat(x.remainder(Scalar.of(-3.0)).toFloatArray()).containsExactly(-1, -2);
        assertThat(x.fmod(Scalar.of(3.0)).toFloatArray()).containsExactly(-1, 1);
        assertThat(x.fmod(Scalar.of(-3.0)).toFloatArray()).containsExactly(-1, 1);
    }

    @Test
    void integersAreNotDividedByZero() {
        Tensor x = longs(1, 2);
        Tensor y = longs(1, 0);
        assertThatThrownBy(() -> x.floorDivide(y)).hasMessageContaining("divisor is 0");
        assertThatThrownBy(() -> x.div(y, "trunc")).hasMessageContaining("divisor is 0");
        assertThatThrownBy(() -> x.remainder(y)).hasMessageContaining("divisor is 0");
        assertThatThrownBy(() -> x.fmod(y)).hasMessageContaining("divisor is 0");
        assertThatThrownBy(() -> x.remainder(Scalar.ZERO)).hasMessageContaining("divisor is 0");
        assertThatThrownBy(() -> x.fmod(Scalar.ZERO)).hasMessageContaining("divisor is 0");
    }

    @Test
    void floatsDividedByZeroAreInfinite() {
        Tensor x = floats(1, -1, 0);
        Tensor zero = floats(0, 0, 0);
        assertThat(x.floorDivide(zero).toFloatArray()).containsExactly(INFINITY, -INFINITY, Float.NaN);
        assertThat(x.div(zero).toFloatArray()).containsExactly(INFINITY, -INFINITY, Float.NaN);
        assertThat(x.remainder(zero).toFloatArray()).containsOnly(Float.NaN);
        assertThat(longs(1, -1).div(longs(0, 0)).toFloatArray()).containsExactly(INFINITY, -INFINITY);
    }

    @Test
    void roundsHalvesToEven() {
        assertThat(floats(-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f, 3.5f).round().toFloatArray())
                .containsExactly(-2, -2, -0f, 0, 2, 2, 4);
    }

    @Test
    void powersOfIntegers() {
        assertThat(longs(1, -1, 2, -2).pow(longs(-1, -3, -2, 3)).toLongArray()).containsExactly(1, -1, 0, -8);
        assertThatThrownBy(() -> longs(1).pow(Scalar.of(-2L))).hasMessageStartingWith("pow: integers to a negative");
    }

    @Test
    void aNegativeBaseHasNoFractionalPower() {
        assertThat(floats(-8, -4).pow(0.5).toFloatArray()).containsOnly(Float.NaN);
        assertThat(floats(-8).pow(floats(1 / 3f)).toFloatArray()).containsOnly(Float.NaN);
        assertThat(floats(-2).pow(3.0).toFloatArray()).containsExactly(-8);
    }

    @Test
    void clampWithCrossedBoundsGivesTheUpper() {
        assertThat(floats(5, -5, 2).clamp(3, 1).toFloatArray()).containsExactly(1, 1, 1);
        assertThat(longs(5, -5).clamp(Scalar.of(3L), Scalar.of(1L)).toLongArray())
                .containsExactly(1, 1);
        assertThat(floats(1, 2).clamp(floats(3, 0), floats(2, 1)).toFloatArray())
                .containsExactly(2, 1);
    }

    @Test
    void nanPassesClampAndHasNoSign() {
        Tensor x = floats(Float.NaN, -3, 0);
        assertThat(x.clamp(-1, 1).toFloatArray()).containsExactly(Float.NaN, -1, 0);
        assertThat(x.clampMin(Scalar.of(0.0)).toFloatArray()).containsExactly(Float.NaN, 0, 0);
        assertThat(x.sign().toFloatArray()).containsExactly(0, -1, 0);
    }
}
