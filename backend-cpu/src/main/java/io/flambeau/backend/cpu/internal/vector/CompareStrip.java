package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Specialiser;
import io.flambeau.backend.cpu.internal.Strip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A comparison of two strips to a byte of 0 or 1 an element; see Note [Templates]. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class CompareStrip implements Strip {
    /** The lowest bit of every byte. */
    static final long ONES = 0x0101010101010101L;

    private static final VectorSpecies SPECIES = Specialiser.data(MethodHandles.lookup(), VectorSpecies.class, 0);
    private static final VectorOperators.Comparison OPERATOR =
            Specialiser.data(MethodHandles.lookup(), VectorOperators.Comparison.class, 1);
    private static final Strip REST = Specialiser.data(MethodHandles.lookup(), Strip.class, 2);
    private static final int LANES = SPECIES.length();
    private static final int BYTES = SPECIES.elementSize() / 8;

    CompareStrip() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            long at = i * (long) BYTES;
            Vector a = SPECIES.fromMemorySegment(Mem.ALL, x + at, Lanes.ORDER);
            Vector b = SPECIES.fromMemorySegment(Mem.ALL, y + at, Lanes.ORDER);
            spread(a.compare(OPERATOR, b).toLong(), out + i);
        }
        if (whole < n) {
            long at = whole * (long) BYTES;
            REST.run(n - whole, x + at, y + at, z, out + whole);
        }
    }

    /** Writes the mask's bits as bytes. */
    private static void spread(long bits, long out) {
        if (LANES == 2) {
            Mem.i16(out, (short) Long.expand(bits, ONES));
        } else if (LANES == 4) {
            Mem.i32(out, (int) Long.expand(bits, ONES));
        } else {
            Mem.i64(out, Long.expand(bits, ONES));
            if (LANES == 16) {
                Mem.i64(out + 8, Long.expand(bits >>> 8, ONES));
            }
        }
    }
}
