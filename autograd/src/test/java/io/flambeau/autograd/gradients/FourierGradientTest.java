package io.flambeau.autograd.gradients;

import static io.flambeau.autograd.gradients.Samples.both;
import static io.flambeau.autograd.gradients.Samples.complex;
import static io.flambeau.autograd.gradients.Samples.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.autograd.GradCheck;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fft;
import io.flambeau.tensor.NumericException;
import io.flambeau.tensor.Stft;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.Windows;
import org.junit.jupiter.api.Test;

class FourierGradientTest {
    @Test
    void oneAxis() {
        for (String norm : new String[] {"backward", "ortho", "forward"}) {
            for (Long n : new Long[] {null, 4L, 7L}) {
                both(x -> Fft.fft(x, n, 0, norm), 5, 2);
                both(x -> Fft.ifft(x, n, -1, norm), 5);
                both(x -> Fft.irfft(x, n, 0, norm), 4, 2);
                both(x -> Fft.hfft(x, n, -1, norm), 4);
                GradCheck.DEFAULT.checkTwice(x -> Fft.rfft(x, n, 0, norm), real(3, 5, 2));
                GradCheck.DEFAULT.checkTwice(x -> Fft.ihfft(x, n, -1, norm), real(3, 6));
            }
        }
    }

    @Test
    void severalAxes() {
        both(x -> Fft.fftn(x, null, null, null), 3, 4);
        both(x -> Fft.ifft2(x, new long[] {2, 5}, null, "ortho"), 2, 3, 4);
        both(x -> Fft.irfftn(x, null, null, null), 3, 4);
        both(x -> Fft.hfft2(x, null, null, "forward"), 3, 4);
        GradCheck.DEFAULT.checkTwice(x -> Fft.rfftn(x, null, null, null), real(5, 3, 4));
        GradCheck.DEFAULT.checkTwice(x -> Fft.ihfftn(x, null, new int[] {1, 0}, null), real(5, 3, 5));
        both(x -> Fft.fftshift(x, null), 3, 4);
    }

    @Test
    void framesOfASignalAndBack() {
        Stft stft = Stft.of(6).hopLength(2L).window(Windows.hann(6, false, DType.F64));
        GradCheck.DEFAULT.checkTwice(stft::forward, real(6, 2, 14));
        GradCheck.DEFAULT.checkTwice(stft.onesided(false)::forward, complex(7, 14));
        GradCheck.DEFAULT.checkTwice(stft::inverse, complex(8, 4, 8));
        Tensor x = real(9, 3, 24).detach();
        for (String mode : new String[] {"reflect", "constant", "replicate", "circular"}) {
            Tensor back = stft.padMode(mode)
                    .normalized(true)
                    .inverse(stft.padMode(mode).normalized(true).forward(x));
            assertThat(back.sub(x).abs().amax().item()).as(mode).isLessThan(1e-13);
        }
    }

    @Test
    void windowsThatLeaveGapsCannotBeInverted() {
        Stft gaps = Stft.of(4).hopLength(4L).center(false).window(Tensors.of(new double[] {0, 1, 1, 0}));
        Tensor spectra = gaps.forward(Tensors.ones(DType.F64, 12));
        assertThatThrownBy(() -> gaps.inverse(spectra))
                .isInstanceOf(NumericException.class)
                .hasMessageContaining("istft");
    }
}
