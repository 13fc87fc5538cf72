package io.flambeau.tensor.internal.fft;

/**
 * Complex and real transforms along one axis of a contiguous array seen as [outer][n][inner].
 *
 * <p>A half spectrum holds the n/2 + 1 first coefficients of a conjugate-symmetric one, the transform of n real
 * numbers.
 */
public final class Fourier {
    private Fourier() {}

    /** How a transform is scaled, by PyTorch's names. */
    public enum Norm {
        BACKWARD,
        ORTHO,
        FORWARD;

        /** The factor for one transform over n elements in all. */
        public double scale(boolean forward, long n) {
            return switch (this) {
                case ORTHO -> 1 / StrictMath.sqrt((double) n);
                case BACKWARD -> forward ? 1 : 1.0 / n;
                case FORWARD -> forward ? 1.0 / n : 1;
            };
        }
    }

    /** Transforms complex data in place: sums of x[j] exp(-2 pi i j k / n) (forward) or with exp(+...), times scale. */
    public static void complex(double[] data, int outer, int n, int inner, boolean forward, double scale) {
        FftPlan plan = FftPlan.of(n);
        double[] line = new double[2 * n];
        double[] scratch = new double[plan.scratch()];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int start = 2 * (o * n * inner + i);
                for (int k = 0; k < n; k++) {
                    line[2 * k] = data[start + 2 * k * inner];
                    line[2 * k + 1] = data[start + 2 * k * inner + 1];
                }
                run(plan, line, scratch, forward);
                for (int k = 0; k < n; k++) {
                    data[start + 2 * k * inner] = line[2 * k] * scale;
                    data[start + 2 * k * inner + 1] = line[2 * k + 1] * scale;
                }
            }
        }
    }

    /** The half spectra of real data, [outer][n/2 + 1][inner]; with exp(+...) unless forward. */
    public static double[] fromReal(double[] data, int outer, int n, int inner, boolean forward, double scale) {
        int half = n / 2 + 1;
        double[] result = new double[2 * outer * half * inner];
        RealLine line = new RealLine(n);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int start = o * n * inner + i;
                for (int k = 0; k < n; k++) {
                    line.real[k] = data[start + k * inner];
                }
                line.toSpectrum();
                int to = 2 * (o * half * inner + i);
                for (int k = 0; k < half; k++) {
                    result[to + 2 * k * inner] = line.spectrum[2 * k] * scale;
                    double im = line.spectrum[2 * k + 1] * scale;
                    result[to + 2 * k * inner + 1] = forward ? im : -im;
                }
            }
        }
        return result;
    }

    /**
     * The n real sums of exp(+2 pi i j k / n) (exp(-...) if forward) over half spectra [outer][n/2 + 1][inner]. The
     * imaginary parts of the first and,
     * for even n, the last coefficient have no part in a real result and are ignored.
     */
    public static double[] toReal(double[] halves, int outer, int n, int inner, boolean forward, double scale) {
        int half = n / 2 + 1;
        double[] result = new double[outer * n * inner];
        RealLine line = new RealLine(n);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int start = 2 * (o * half * inner + i);
                for (int k = 0; k < half; k++) {
                    line.spectrum[2 * k] = halves[start + 2 * k * inner];
                    double im = halves[start + 2 * k * inner + 1];
                    line.spectrum[2 * k + 1] = forward ? -im : im;
                }
                line.toReal();
                int to = o * n * inner + i;
                for (int k = 0; k < n; k++) {
                    result[to + k * inner] = line.real[k] * scale;
                }
            }
        }
        return result;
    }

    private static void run(FftPlan plan, double[] line, double[] scratch, boolean forward) {
        if (forward) {
            plan.forward(line, scratch);
        } else {
            plan.backward(line, scratch);
        }
    }

    /** One real line and its half spectrum; even lengths take a complex transform of half the length. */
    private static final class RealLine {
        final int n;
        final double[] real;
        final double[] spectrum;
        private final FftPlan plan;
        private final double[] work;
        private final double[] scratch;
        private final double[] roots;

        RealLine(int n) {
            this.n = n;
            boolean even = n % 2 == 0;
            real = new double[n];
            spectrum = new double[2 * (n / 2 + 1)];
            plan = FftPlan.of(even ? n / 2 : n);
            work = new double[2 * plan.length()];
            scratch = new double[plan.scratch()];
            roots = even ? FftPlan.roots(n, n / 2 + 1) : new double[0];
        }

        void toSpectrum() {
            if (n % 2 != 0) {
                for (int k = 0; k < n; k++) {
                    work[2 * k] = real[k];
                    work[2 * k + 1] = 0;
                }
                plan.forward(work, scratch);
                System.arraycopy(work, 0, spectrum, 0, spectrum.length);
                spectrum[1] = 0;
                return;
            }
            int h = n / 2;
            System.arraycopy(real, 0, work, 0, n);
            plan.forward(work, scratch);
            // The transforms E and O of the even and odd samples are the symmetric parts of z = even + i odd; x = E
            // + w O.
            for (int k = 0; k <= h; k++) {
                int a = 2 * (k % h);
                int b = 2 * ((h - k) % h);
                double er = 0.5 * (work[a] + work[b]);
                double ei = 0.5 * (work[a + 1] - work[b + 1]);
                double or = 0.5 * (work[a + 1] + work[b + 1]);
                double oi = 0.5 * (work[b] - work[a]);
                spectrum[2 * k] = er + or * roots[2 * k] - oi * roots[2 * k + 1];
                spectrum[2 * k + 1] = ei + or * roots[2 * k + 1] + oi * roots[2 * k];
            }
            spectrum[1] = 0;
            spectrum[n + 1] = 0;
        }

        void toReal() {
            spectrum[1] = 0;
            if (n % 2 != 0) {
                System.arraycopy(spectrum, 0, work, 0, spectrum.length);
                for (int k = n / 2 + 1; k < n; k++) {
                    work[2 * k] = spectrum[2 * (n - k)];
                    work[2 * k + 1] = -spectrum[2 * (n - k) + 1];
                }
                plan.backward(work, scratch);
                for (int k = 0; k < n; k++) {
                    real[k] = work[2 * k];
                }
                return;
            }
            int h = n / 2;
            spectrum[n + 1] = 0;
            for (int k = 0; k < h; k++) {
                int a = 2 * k;
                int b = 2 * (h - k);
                double er = spectrum[a] + spectrum[b];
                double ei = spectrum[a + 1] - spectrum[b + 1];
                double dr = spectrum[a] - spectrum[b];
                double di = spectrum[a + 1] + spectrum[b + 1];
                // O = (X[k] - conj X[h-k]) conj(w); z = E + i O.
                double or = dr * roots[a] + di * roots[a + 1];
                double oi = di * roots[a] - dr * roots[a + 1];
                work[a] = er - oi;
                work[a + 1] = ei + or;
            }
            plan.backward(work, scratch);
            System.arraycopy(work, 0, real, 0, n);
        }
    }
}
