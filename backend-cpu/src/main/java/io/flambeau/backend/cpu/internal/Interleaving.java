package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorInterleaving;

/** Two rows of floats as one in which they alternate, and back. */
public interface Interleaving {
    /** Writes {@code n} pairs, {@code even[i]} and {@code odd[i]} side by side. */
    void join(int n, long even, long odd, long to);

    /** Writes the first and the second of {@code n} pairs to a row each. */
    void split(int n, long from, long even, long odd);

    /** The interleaving of this path. */
    static Interleaving of() {
        return Holder.INTERLEAVING;
    }

    /** Chosen when first used. */
    final class Holder {
        private static final Interleaving INTERLEAVING = Kernels.VECTOR ? new VectorInterleaving() : new Plain();

        private Holder() {}
    }

    /** Without vectors, or for less than a vector. */
    final class Plain implements Interleaving {
        @Override
        public void join(int n, long even, long odd, long to) {
            for (int i = 0; i < n; i++) {
                Mem.i32(to + i * 8L, Mem.i32(even + i * 4L));
                Mem.i32(to + i * 8L + 4, Mem.i32(odd + i * 4L));
            }
        }

        @Override
        public void split(int n, long from, long even, long odd) {
            for (int i = 0; i < n; i++) {
                Mem.i32(even + i * 4L, Mem.i32(from + i * 8L));
                Mem.i32(odd + i * 4L, Mem.i32(from + i * 8L + 4));
            }
        }
    }
}
