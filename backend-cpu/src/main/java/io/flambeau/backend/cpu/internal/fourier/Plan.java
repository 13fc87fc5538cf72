package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.tensor.spi.FourierBasis;

/** How lines of one length are transformed: factors and roots of unity, computed once and shared by all threads. */
abstract sealed class Plan permits Stockham, FourStep, Bluestein {
    private static final Cache<Plan> CACHE = new Cache<>(Plan::make, Plan::bytes);

    final int n;

    Plan(int n) {
        this.n = n;
    }

    /** The plan for lines of n numbers, at least 1. */
    static Plan of(int n) {
        return CACHE.of(n);
    }

    private static Plan make(int n) {
        if (!FourierBasis.isSmooth(n)) {
            return new Bluestein(n);
        }
        int columns = FourStep.split(n);
        return columns == 0 ? new Stockham(n) : new FourStep(n, columns);
    }

    /** The bytes of its roots. */
    abstract long bytes();

    /**
     * Writes the sums of x[j] exp(-2 pi i j k / n), times a number, of up to eight lines. The fields may be the same.
     */
    abstract void run(Field from, Field to, int lines, double scale);
}
