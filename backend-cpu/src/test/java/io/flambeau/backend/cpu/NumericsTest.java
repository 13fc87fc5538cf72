package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Sums, means and variances that are known to have gone wrong elsewhere, by rounding too often or by overflowing. */
class NumericsTest {
    private static double on(Supplier<Tensor> body) {
        return Tensors.withDevice(Device.of("cpu"), () -> body.get().item());
    }

    @Test
    void longSumsLoseNothing() {
        long n = 8 * 80 * 80 * 80;
        assertThat(on(() -> Tensors.arange(n).to(DType.F32).sub(n / 2 - 0.5).sum()))
                .isZero();
        assertThat(on(() -> Tensors.of(new float[] {1e8f, 1, -1e8f, 1}).sum())).isEqualTo(2);
        assertThat(on(() -> Tensors.full(0.1, 1_392_640).sum())).isCloseTo(139_264, within(0.1));
        assertThat(on(() -> Tensors.full(0.1, 2, 1_392_640).t().sum(0).amax())).isCloseTo(139_264, within(0.1));
    }

    @Test
    void aMeanOfFiftyMillionEqualNumbersIsThatNumber() {
        assertThat(on(() -> Tensors.full(0.1, 50_000_000).mean())).isCloseTo(0.1, within(1e-7));
    }

    @Test
    void aVarianceIsThatOfTheDeviations() {
        float[] values = new float[4000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1_000_000 + i % 4 * 0.25f;
        }
        double expected = 0.078125 * values.length / (values.length - 1);
        assertThat(on(() -> Tensors.of(values).var())).isCloseTo(expected, within(1e-8));
        assertThat(on(() -> Tensors.of(values).std())).isCloseTo(Math.sqrt(expected), within(1e-7));
        assertThat(on(() -> Tensors.of(values).to(DType.F64).add(1e12).var())).isCloseTo(expected, within(1e-6));
    }

    /** As in PyTorch: squares are not scaled. */
    @Test
    void aNormBeyondTheRootOfTheLargestNumberIsInfinite() {
        assertThat(on(() -> Tensors.of(new float[] {1e20f, 1e20f}).norm())).isInfinite();
        assertThat(on(() -> Tensors.of(new double[] {1e20, 1e20}).norm())).isCloseTo(Math.sqrt(2) * 1e20, within(1e5));
    }

    @Test
    void halvesAreSummedInSinglePrecision() {
        for (DType half : new DType[] {DType.F16, DType.BF16}) {
            assertThat(on(() -> Tensors.ones(half, 4096).sum())).isEqualTo(4096);
            assertThat(on(() -> Tensors.ones(half, 4096).matmul(Tensors.ones(half, 4096))))
                    .isEqualTo(4096);
            assertThat(on(() -> Tensors.ones(half, 70_000).mean())).isEqualTo(1);
            assertThat(on(() -> Tensors.full(100, 1000).to(half).softmax(0).sum()))
                    .isCloseTo(1, within(0.01));
        }
        assertThat(on(() -> Tensors.ones(DType.F16, 70_000).sum())).isInfinite();
    }

    @Test
    void smallResultsOfExponentialsAreNotLost() {
        assertThat(on(() -> Tensors.of(new double[] {1e-20}).log1p())).isEqualTo(1e-20);
        assertThat(on(() -> Tensors.of(new double[] {1e-20}).expm1())).isEqualTo(1e-20);
        assertThat(on(() -> Tensors.of(new double[] {-700}).sigmoid())).isCloseTo(Math.exp(-700), within(1e-315));
        assertThat(on(() -> Tensors.of(new float[] {1000, 1000}).logsumexp()))
                .isCloseTo(1000 + Math.log(2), within(1e-4));
    }
}
