package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.backend.cpu.internal.Mem;
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

    /**
     * Writes exp(-2 pi i k / n), k from 0 below n, its parts so many bytes apart. The angle is reduced to an eighth of
     * the circle in integers, so the axes are exact and the rest symmetric about them.
     */
    static void put(long k, long n, long to, long part) {
        long octant = 8 * k / n;
        long t = 8 * k - octant * n;
        long distance = (octant & 1) == 0 ? t : n - t;
        double angle = Math.PI / 4 * ((double) distance / n);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        boolean swap = octant == 1 || octant == 2 || octant == 5 || octant == 6;
        double x = swap ? s : c;
        double y = swap ? c : s;
        Mem.f64(to, octant >= 2 && octant <= 5 ? -x : x);
        Mem.f64(to + part, octant < 4 ? -y : y);
    }
}
