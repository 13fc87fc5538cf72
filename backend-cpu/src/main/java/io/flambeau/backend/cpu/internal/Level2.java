package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorLevel2;

/**
 * Products of a matrix and a vector of doubles, and rotations of rows: what is left of a reduction beside matrix
 * products. Rows are {@code ld} bytes apart; counts of columns are multiples of {@link #LANES}, filled up with zeros.
 */
public interface Level2 {
    int LANES = 8;

    /** Bytes of a rotation in a list: where its rows begin, as bytes, and its cosine and sine. */
    int ROTATION = 32;

    /** y[i] = the sum over j of a[i][j] x[j]: eight chains of fused products, added by halves. */
    void dots(int rows, int n, long a, long ld, long x, long y);

    /** y[j] += f[0] a[0][j], then f[1] a[1][j] and so on, fused. */
    void combine(int rows, int n, long a, long ld, long f, long y);

    /** Rows x and y become c x + s y and c y - s x, for a list of rotations, in {@code n} columns. */
    void rotate(int count, long rotations, long columns, int n);

    /** The loops of this path. */
    static Level2 of() {
        return Holder.LEVEL2;
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Level2 LEVEL2 =
                Kernels.VECTOR && Kernels.bits() <= 64 * LANES ? new VectorLevel2() : new PlainLevel2();

        private Holder() {}
    }
}
