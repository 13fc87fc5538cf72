package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.tensor.spi.FourierBasis;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Roots of unity in memory of their own, which the collector frees. */
final class Roots {
    private Roots() {}

    /** Room for so many doubles. */
    static MemorySegment allocate(long doubles) {
        return Arena.ofAuto().allocate(Math.max(8, 8 * doubles), 64);
    }

    /** exp(-2 pi i k / n) for k below {@code count}, as pairs. */
    static MemorySegment pairs(long n, int count) {
        MemorySegment roots = allocate(2L * count);
        for (int k = 0; k < count; k++) {
            put(k, n, roots.address() + 16L * k, 8);
        }
        return roots;
    }

    /** Writes exp(-2 pi i k / n), k from 0 below n, its parts so many bytes apart. */
    static void put(long k, long n, long to, long part) {
        double[] root = new double[2];
        FourierBasis.root(k, n, root, 0);
        Mem.f64(to, root[0]);
        Mem.f64(to + part, root[1]);
    }
}
