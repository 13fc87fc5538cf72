package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorWinograd;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The transforms of Winograd's minimal filtering F(2, 3) along one axis: a convolution of two outputs by three taps in
 * four products where the definition has six (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
 * 2016).
 */
public enum Winograd {
    /** Four pixels to four factors. */
    INPUT,
    /** Four products to two pixels. */
    OUTPUT,
    /** Three taps to four factors. */
    WEIGHT,
    /** The adjoint of {@link #OUTPUT}. */
    OUTPUT_ADJOINT,
    /** The adjoint of {@link #WEIGHT}. */
    WEIGHT_ADJOINT;

    /** The floats of the longest vector that there are transforms for: rows of whole vectors are multiples of it. */
    public static final int CHANNELS = 16;

    private static final boolean VECTOR = Kernels.VECTOR && Kernels.bits() <= 32 * CHANNELS;

    /** Transforms the float, or the vector, at an address, with operands and results some bytes apart. */
    @FunctionalInterface
    public interface Step {
        void apply(long from, long step, long to, long toStep);
    }

    /** The transform of rows. */
    interface Rows {
        void run(int count, int n, long from, long step, long row, long to, long toStep, long toRow);
    }

    private volatile @Nullable Forms<Rows> rows;

    /**
     * Transforms {@code count} rows of {@code n} floats side by side, whole vectors of them. Row r of the i-th operand
     * lies at {@code from + i * step + r * row}, that of the i-th result at {@code to + i * toStep + r * toRow}, in
     * bytes.
     */
    public void run(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        Forms<Rows> transform = rows;
        if (transform == null) {
            transform = Forms.of(
                    VECTOR ? () -> made(VectorWinograd.step(this), Kernels.bits() / 8) : null,
                    made(PlainWinograd.step(this), 4));
            rows = transform;
        }
        transform.now().run(count, n, from, step, row, to, toStep, toRow);
    }

    private static Rows made(Step step, int bytes) {
        return Specialiser.specialise(MethodHandles.lookup(), WinogradTemplate.class, Rows.class, step, bytes);
    }
}
