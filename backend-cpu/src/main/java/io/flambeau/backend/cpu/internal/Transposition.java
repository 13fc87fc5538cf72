package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorTransposition;

/** Turns blocks of 4-byte elements: rows become columns. */
@FunctionalInterface
interface Transposition {
    /** The rows and columns of a block are multiples of it. */
    int UNIT = 4;

    /** Writes the element at {@code from + i * pitch + 4 j} to {@code to + j * toPitch + 4 i}. */
    void run(int rows, int cols, long from, long pitch, long to, long toPitch);

    /** The transposition of this path. */
    static Transposition of() {
        return Holder.TRANSPOSITION.now();
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Forms<Transposition> TRANSPOSITION =
                Forms.of(Kernels.VECTOR ? () -> VectorTransposition::run : null, Holder::plain);

        private Holder() {}

        private static void plain(int rows, int cols, long from, long pitch, long to, long toPitch) {
            for (int j = 0; j < cols; j++) {
                for (int i = 0; i < rows; i++) {
                    Mem.i32(to + j * toPitch + i * 4L, Mem.i32(from + i * pitch + j * 4L));
                }
            }
        }
    }
}
