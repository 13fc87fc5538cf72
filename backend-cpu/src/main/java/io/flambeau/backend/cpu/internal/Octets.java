package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorOctets;

/**
 * Rows of octets: the same element of eight matrices, eight doubles side by side. Steps are those of a single matrix, for
 * all eight at once, so small matrices fill vectors of any width.
 */
public interface Octets {
    int LANES = 8;

    /** Bytes of an octet. */
    int BYTES = 8 * LANES;

    /** y[j] += f x[j], fused. */
    void add(int n, long f, long x, long y);

    /** y[j] -= f x[j], fused. */
    void less(int n, long f, long x, long y);

    /** x[j] *= f. */
    void multiply(int n, long f, long x);

    /** x[j] /= f, for octets {@code step} bytes apart. */
    void divide(int n, long f, long x, long step);

    /** The loops of this path. */
    static Octets of() {
        return Holder.OCTETS;
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Octets OCTETS =
                Kernels.VECTOR && Kernels.bits() <= 8 * BYTES ? new VectorOctets() : new PlainOctets();

        private Holder() {}
    }
}
