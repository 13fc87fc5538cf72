package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorButterflies;

/**
 * The passes of Fourier transforms over eight lines at once.
 *
 * <p>Note [Rows of eight complex numbers]: a row is eight real and then eight imaginary parts, doubles, 128 bytes; row k
 * holds element k of eight lines. So every step of every pass is the same for all lanes and reads adjacent numbers,
 * whatever the length, the factor and the width of the vectors. Nothing is fused, so that the plain path needs no
 * instruction for it.
 */
public interface Butterflies {
    /** Lines that are transformed together. */
    int LANES = 8;
    /** Bytes of the real or the imaginary parts of a row. */
    int PART = 8 * LANES;
    /** Bytes of a row. */
    int ROW = 2 * PART;

    /**
     * Maps row (j, q, r) of [p][m][s] to row (q, k, r) of [m][p][s]: a transform of length p over j, then the factor
     * w^(q k s). What is at {@code from} is lost.
     *
     * @param roots the powers of w = exp(-2 pi i / (p m s)), pairs of doubles
     */
    void pass(int p, int m, int s, long from, long to, long roots);

    /** Writes the products of so many rows. */
    void multiply(int rows, long x, long y, long to);

    /** The passes of this path. */
    static Butterflies of() {
        return Holder.BUTTERFLIES;
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Butterflies BUTTERFLIES =
                Kernels.VECTOR && Kernels.bits() <= 8 * PART ? new VectorButterflies() : new PlainButterflies();

        private Holder() {}
    }
}
