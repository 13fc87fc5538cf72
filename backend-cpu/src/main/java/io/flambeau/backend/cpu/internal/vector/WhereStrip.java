package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Specialiser;
import io.flambeau.backend.cpu.internal.Strip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Takes y where the byte of x is 1, else z; see Note [Templates]. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class WhereStrip implements Strip {
    private static final VectorSpecies SPECIES = Specialiser.data(MethodHandles.lookup(), VectorSpecies.class, 0);
    private static final Strip REST = Specialiser.data(MethodHandles.lookup(), Strip.class, 1);
    private static final int LANES = SPECIES.length();
    private static final int BYTES = SPECIES.elementSize() / 8;

    WhereStrip() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            long at = i * (long) BYTES;
            Vector a = SPECIES.fromMemorySegment(Mem.ALL, y + at, Lanes.ORDER);
            Vector b = SPECIES.fromMemorySegment(Mem.ALL, z + at, Lanes.ORDER);
            VectorMask mask = VectorMask.fromLong(SPECIES, gather(x + i));
            b.blend(a, mask).intoMemorySegment(Mem.ALL, out + at, Lanes.ORDER);
        }
        if (whole < n) {
            long at = whole * (long) BYTES;
            REST.run(n - whole, x + whole, y + at, z + at, out + at);
        }
    }

    /** The lowest bits of the next bytes as a mask. */
    private static long gather(long x) {
        if (LANES == 2) {
            return Long.compress(Mem.i16(x), CompareStrip.ONES) & 3;
        }
        if (LANES == 4) {
            return Long.compress(Mem.i32(x), CompareStrip.ONES) & 15;
        }
        long low = Long.compress(Mem.i64(x), CompareStrip.ONES);
        return LANES == 16 ? low | Long.compress(Mem.i64(x + 8), CompareStrip.ONES) << 8 : low;
    }
}
