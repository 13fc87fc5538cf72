package io.flambeau.tck.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fft;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Special;
import io.flambeau.tensor.Stft;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.Windows;
import org.junit.jupiter.api.Test;

/** Transforms and windows by known values, and their refusals. */
class FourierTest {
    @Test
    void aRealSineHasOneFrequency() {
        Tensor t = Tensors.arange(0, 16).to(DType.F64).mul(2 * Math.PI * 3 / 16);
        double[] size = Fft.rfft(t.sin()).abs().toDoubleArray();
        assertThat(size).hasSize(9);
        for (int k = 0; k < 9; k++) {
            assertThat(size[k]).isCloseTo(k == 3 ? 8 : 0, within(1e-14));
        }
    }

    @Test
    void inputsAreCutAndFilled() {
        Tensor x = Tensors.of(new double[] {1, 2, 3, 4});
        assertThat(Fft.fft(x, 2L, -1, null).real().toDoubleArray()).containsExactly(3, -1);
        assertThat(Fft.irfft(Fft.rfft(x, 6L, -1, "ortho"), 6L, -1, "ortho").toDoubleArray())
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(1, 2, 3, 4, 0, 0);
        assertThat(Fft.fft(Tensors.of(new long[] {1, 2})).dtype()).isEqualTo(DType.C64);
    }

    @Test
    void frequenciesAndShifts() {
        assertThat(Fft.fftfreq(5, 0.5).toFloatArray()).containsExactly(0f, 0.4f, 0.8f, -0.8f, -0.4f);
        assertThat(Fft.fftshift(Tensors.arange(5), null).toLongArray()).containsExactly(3, 4, 0, 1, 2);
        assertThat(Fft.ifftshift(Fft.fftshift(Tensors.arange(5), null), null).toLongArray())
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void refusals() {
        Tensor x = Tensors.zeros(DType.F64, 2, 3);
        assertThatThrownBy(() -> Fft.fft(x, 0L, -1, null))
                .isInstanceOf(ArgumentException.class)
                .hasMessage("fft: the number of points must be at least 1, it is 0 (FB-108)");
        assertThatThrownBy(() -> Fft.rfft(Fft.fft(x)))
                .isInstanceOf(DTypeException.class)
                .hasMessageContaining("rfft: needs a real input, not complex128");
        assertThatThrownBy(() -> Fft.fftn(x, null, new int[] {0, -2}, null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("fftn: axis -2 is named twice");
        assertThatThrownBy(() -> Fft.fft(x, null, -1, "none"))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("norm 'none'");
        assertThatThrownBy(() -> Stft.of(9).center(false).forward(x))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("n_fft must be from 1 to the length 3");
    }

    @Test
    void windowsByTheirFormulas() {
        assertThat(Windows.hann(5, true, DType.F64).toDoubleArray())
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0, 0.5, 1, 0.5, 0);
        assertThat(Windows.bartlett(4, false, DType.F64).toDoubleArray()).containsExactly(0, 0.5, 1, 0.5);
        assertThat(Windows.kaiser(3, 2, true, DType.F64).toDoubleArray()[0])
                .isCloseTo(1 / Special.i0(Tensors.scalar(2.0).to(DType.F64)).item(), within(1e-7));
        assertThat(Windows.gaussian(3, 1, true, DType.F64).toDoubleArray()[0]).isCloseTo(Math.exp(-0.5), within(1e-15));
        assertThat(Windows.hamming(1, true, DType.F32).toFloatArray()).containsExactly(1f);
        assertThat(Windows.hamming(0, true, DType.F32).count()).isZero();
        assertThatThrownBy(() -> Windows.kaiser(3, -1, true, DType.F32))
                .isInstanceOf(ArgumentException.class)
                .hasMessage("kaiser: beta must not be negative, it is -1.0 (FB-108)");
    }
}
