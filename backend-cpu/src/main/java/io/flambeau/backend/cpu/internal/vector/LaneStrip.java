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
    /** The operand of which there is one number, or -1. */
    private static final int REPEATED = Specialiser.data(MethodHandles.lookup(), Integer.class, 3);

    private static final boolean BINARY = OPERATOR.arity() == 2;
    private static final VectorOperators.@Nullable Unary ONE = BINARY ? null : (VectorOperators.Unary) OPERATOR;
    private static final VectorOperators.@Nullable Binary TWO = BINARY ? (VectorOperators.Binary) OPERATOR : null;
    private static final int LANES = SPECIES.length();
    private static final int BYTES = SPECIES.elementSize() / 8;

    private final @Nullable Strip[] repeating = new Strip[2];

    LaneStrip() {}

    @Override
    public @Nullable Strip repeating(int operand) {
        if (BINARY && REPEATED < 0 && repeating[operand] == null) {
            repeating[operand] = VectorStrips.lanes(SPECIES, OPERATOR, REST, operand);
        }
        return repeating[operand];
    }

    @Override
    public void run(int n, long x, long y, long z, long out) {
        if (n < LANES) {
            REST.run(n, x, y, z, out);
            return;
        }
        Vector one = SPECIES.fromMemorySegment(Mem.ALL, REPEATED == 1 ? y : x, Lanes.ORDER);
        // The last vector overlaps the one before, and comes first: the result may replace what is read.
        long end = (n - LANES) * (long) BYTES;
        Vector last = apply(x + end, y + end, one);
        for (int i = 0; i < n - LANES; i += LANES) {
            long at = i * (long) BYTES;
            apply(x + at, y + at, one).intoMemorySegment(Mem.ALL, out + at, Lanes.ORDER);
        }
        last.intoMemorySegment(Mem.ALL, out + end, Lanes.ORDER);
    }

    private static Vector apply(long x, long y, Vector one) {
        Vector a = REPEATED == 0 ? one : SPECIES.fromMemorySegment(Mem.ALL, x, Lanes.ORDER);
        if (!BINARY) {
            return a.lanewise(ONE);
        }
        return a.lanewise(TWO, REPEATED == 1 ? one : SPECIES.fromMemorySegment(Mem.ALL, y, Lanes.ORDER));
    }
}
