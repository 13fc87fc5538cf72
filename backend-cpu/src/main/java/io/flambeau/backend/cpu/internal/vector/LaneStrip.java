package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Specialiser;
import io.flambeau.backend.cpu.internal.Strip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** A strip of any element type by one of the vector operators that are exact; see Note [Templates]. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class LaneStrip implements Strip {
    private static final VectorSpecies SPECIES = Specialiser.data(MethodHandles.lookup(), VectorSpecies.class, 0);
    private static final VectorOperators.Operator OPERATOR =
            Specialiser.data(MethodHandles.lookup(), VectorOperators.Operator.class, 1);
    private static final Strip REST = Specialiser.data(MethodHandles.lookup(), Strip.class, 2);
    private static final boolean BINARY = OPERATOR.arity() == 2;
    private static final VectorOperators.@Nullable Unary ONE = BINARY ? null : (VectorOperators.Unary) OPERATOR;
    private static final VectorOperators.@Nullable Binary TWO = BINARY ? (VectorOperators.Binary) OPERATOR : null;
    private static final int LANES = SPECIES.length();
    private static final int BYTES = SPECIES.elementSize() / 8;

    LaneStrip() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            long at = i * (long) BYTES;
            Vector a = SPECIES.fromMemorySegment(Mem.ALL, x + at, Lanes.ORDER);
            Vector r =
                    BINARY ? a.lanewise(TWO, SPECIES.fromMemorySegment(Mem.ALL, y + at, Lanes.ORDER)) : a.lanewise(ONE);
            r.intoMemorySegment(Mem.ALL, out + at, Lanes.ORDER);
        }
        if (whole < n) {
            long at = whole * (long) BYTES;
            REST.run(n - whole, x + at, y + at, z + at, out + at);
        }
    }
}
