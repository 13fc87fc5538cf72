package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorRowCopy;

/** Copies many short rows of floats. */
@FunctionalInterface
public interface Rows {
    /**
     * Copies {@code length} floats from {@code from + offsets[first + i]} to {@code to + i * pitch} for each i below
     * {@code count}.
     */
    void copy(int count, long[] offsets, int first, long from, int length, long to, long pitch);

    /** Copies rows whose sources lie {@code step} bytes apart. */
    default void copy(int count, long from, long step, int length, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            Mem.copy(from + i * step, to + i * pitch, length * 4L);
        }
    }

    /** The copy of this path. */
    static Rows of() {
        return Holder.ROWS.now();
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Forms<Rows> ROWS = Forms.of(Kernels.VECTOR ? VectorRowCopy::new : null, Holder::plain);

        private Holder() {}

        private static void plain(int count, long[] offsets, int first, long from, int length, long to, long pitch) {
            for (int i = 0; i < count; i++) {
                long source = from + offsets[first + i];
                for (int j = 0; j < length; j++) {
                    Mem.i32(to + i * pitch + j * 4L, Mem.i32(source + j * 4L));
                }
            }
        }
    }
}
