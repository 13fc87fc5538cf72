package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorWinograd;

/**
 * The transforms of Winograd's minimal filtering F(2, 3) along one axis: a convolution of two outputs by three taps in
 * four products where the definition has six (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
 * 2016).
 *
 * <p>Each works on {@code count} rows of {@code n} floats side by side, whole vectors of them. Row r of its i-th operand
 * lies at {@code from + i * step + r * row}, that of its i-th result at {@code to + i * toStep + r * toRow}, in bytes.
 */
public interface Winograd {
    /** The floats of the longest vector that there are transforms for: rows of whole vectors are multiples of it. */
    int CHANNELS = 16;

    /** Four pixels to four factors. */
    void input(int count, int n, long from, long step, long row, long to, long toStep, long toRow);

    /** Four products to two pixels. */
    void output(int count, int n, long from, long step, long row, long to, long toStep, long toRow);

    /** Three taps to four factors. */
    void weight(int count, int n, long from, long step, long row, long to, long toStep, long toRow);

    /** The adjoint of {@link #output}. */
    void outputAdjoint(int count, int n, long from, long step, long row, long to, long toStep, long toRow);

    /** The adjoint of {@link #weight}. */
    void weightAdjoint(int count, int n, long from, long step, long row, long to, long toStep, long toRow);

    /** The transforms of this path. */
    static Winograd of() {
        return Holder.WINOGRAD;
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Winograd WINOGRAD =
                Kernels.VECTOR && Kernels.bits() <= 32 * CHANNELS ? new VectorWinograd() : new PlainWinograd();

        private Holder() {}
    }
}
