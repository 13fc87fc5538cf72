package io.flambeau.tensor.internal.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.flambeau.tensor.internal.fft.Fourier.Norm;
import io.flambeau.tensor.spi.FourierBasis;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FourierTest {
    private static final int[] LENGTHS = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 20, 25, 27, 30, 31, 32, 35, 36, 37, 41, 48, 49, 60, 64,
        67, 74, 77, 81, 97, 100, 101, 120, 121, 125, 127, 128, 134, 143, 169, 211, 243, 256, 257, 289, 360, 509
    };

    @Test
    void everyLengthEqualsTheDefinition() {
        for (int n : LENGTHS) {
            for (boolean forward : new boolean[] {true, false}) {
                double[] x = random(2 * n, n);
                double[] expected = naive(x, n, forward);
                Fourier.complex(x, 1, n, 1, forward, 1);
                assertClose(x, expected, 4e-15 * n, "length " + n);
            }
        }
    }

    @Test
    void everyLengthComesBack() {
        for (int n = 1; n <= 300; n++) {
            double[] x = random(2 * n, 7 * n);
            double[] y = x.clone();
            Fourier.complex(y, 1, n, 1, true, Norm.FORWARD.scale(true, n));
            Fourier.complex(y, 1, n, 1, false, Norm.FORWARD.scale(false, n));
            assertClose(y, x, 2e-14, "length " + n);
        }
    }

    @Test
    void largeLengthsStayAccurate() {
        for (int n : new int[] {1 << 17, 100_003, 99_999}) {
            double[] x = new double[2 * n];
            int frequency = 12_345;
            FourierBasis.root(0, n, x, 0);
            for (int k = 0; k < n; k++) {
                FourierBasis.root((long) k * frequency % n, n, x, 2 * k);
            }
            Fourier.complex(x, 1, n, 1, false, Norm.BACKWARD.scale(false, n));
            x[2 * frequency] -= 1;
            assertClose(x, new double[2 * n], 1e-15, "length " + n);
        }
    }

    @Test
    void axesInTheMiddleAreTransformedLineByLine() {
        int outer = 3;
        int n = 10;
        int inner = 4;
        double[] x = random(2 * outer * n * inner, 5);
        double[] y = x.clone();
        Fourier.complex(y, outer, n, inner, true, 0.5);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                double[] line = new double[2 * n];
                double[] got = new double[2 * n];
                for (int k = 0; k < 2 * n; k++) {
                    int at = 2 * ((o * n + k / 2) * inner + i) + k % 2;
                    line[k] = x[at] * 0.5;
                    got[k] = y[at];
                }
                assertClose(got, naive(line, n, true), 1e-14, "line");
            }
        }
    }

    @Test
    void realTransformsAreTheComplexOnes() {
        for (int n : LENGTHS) {
            int half = n / 2 + 1;
            double[] x = random(n, 3 * n);
            double[] full = new double[2 * n];
            for (int k = 0; k < n; k++) {
                full[2 * k] = x[k];
            }
            for (boolean forward : new boolean[] {true, false}) {
                double[] expected = naive(full, n, forward);
                double[] spectrum = Fourier.fromReal(x, 1, n, 1, forward, 1);
                assertThat(spectrum).hasSize(2 * half);
                for (int k = 0; k < 2 * half; k++) {
                    assertThat(spectrum[k]).as("length %d at %d", n, k).isEqualTo(expected[k], offset(4e-15 * n));
                }
                double[] back = Fourier.toReal(spectrum, 1, n, 1, !forward, 1.0 / n);
                assertClose(back, x, 1e-14, "length " + n);
            }
        }
    }

    @Test
    void imaginaryPartsThatARealResultCannotHaveAreIgnored() {
        double[] clean = {1, 0, 2, 3, 4, 0};
        double[] dirty = {1, 7, 2, 3, 4, -5};
        assertThat(Fourier.toReal(dirty, 1, 4, 1, false, 1)).isEqualTo(Fourier.toReal(clean, 1, 4, 1, false, 1));
    }

    @Test
    void normsMultiplyToOneOverN() {
        for (Norm norm : Norm.values()) {
            assertThat(norm.scale(true, 12) * norm.scale(false, 12)).isEqualTo(1.0 / 12, offset(3e-17));
        }
    }

    @Test
    void notANumberStaysInItsLine() {
        double[] x = new double[2 * 2 * 6];
        x[2] = Double.NaN;
        Fourier.complex(x, 2, 6, 1, true, 1);
        assertThat(x[0]).isNaN();
        assertThat(x[12]).isZero();
    }

    private static double[] naive(double[] x, int n, boolean forward) {
        double[] y = new double[2 * n];
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                double angle = (forward ? -2 : 2) * Math.PI * ((long) j * k % n) / n;
                double c = StrictMath.cos(angle);
                double s = StrictMath.sin(angle);
                y[2 * k] += x[2 * j] * c - x[2 * j + 1] * s;
                y[2 * k + 1] += x[2 * j] * s + x[2 * j + 1] * c;
            }
        }
        return y;
    }

    private static double[] random(int size, long seed) {
        return new Random(seed).doubles(size, -1, 1).toArray();
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance, String what) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(actual[i] - expected[i]);
            worst = error <= worst ? worst : error;
        }
        assertThat(worst).as(what).isLessThanOrEqualTo(tolerance);
    }
}
