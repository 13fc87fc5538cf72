package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorInterleaving;

/** Writes two rows of floats as one, in which they alternate. */
@FunctionalInterface
public interface Interleaving {
    /** Writes {@code n} pairs, {@code even[i]} and {@code odd[i]} side by side. */
    void run(int n, long even, long odd, long to);

    /** The interleaving of this path. */
    static Interleaving of() {
        return Holder.INTERLEAVING;
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Interleaving INTERLEAVING = Kernels.VECTOR ? new VectorInterleaving() : Holder::plain;

        private Holder() {}

        /** The same without vectors, and for less than a vector. */
        public static void plain(int n, long even, long odd, long to) {
            for (int i = 0; i < n; i++) {
                Mem.i32(to + i * 8L, Mem.i32(even + i * 4L));
                Mem.i32(to + i * 8L + 4, Mem.i32(odd + i * 4L));
            }
        }
    }
}
