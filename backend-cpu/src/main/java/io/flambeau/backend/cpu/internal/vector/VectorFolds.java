package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Specialiser;
import io.flambeau.tensor.op.Reduce;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The lanes of reductions by vectors. */
public final class VectorFolds {
    private VectorFolds() {}

    public static Fold.Tile of(Reduce.Kind kind, Element type, long identity) {
        VectorOperators.Binary operator = switch (kind) {
            case SUM -> VectorOperators.ADD;
            case PROD -> VectorOperators.MUL;
            case MAX -> VectorOperators.MAX;
            default -> VectorOperators.MIN;
        };
        VectorSpecies<?> species = switch (type) {
            case F32 -> Lanes.F32;
            case F64 -> Lanes.F64;
            default -> Lanes.I64;
        };
        VectorSpecies<?> bits = type == Element.F32 ? Lanes.I32 : Lanes.I64;
        Fold.Tile tile = Specialiser.specialise(
                MethodHandles.lookup(), FoldTile.class, Fold.Tile.class, species, operator, bits, identity);
        boolean extreme = type == Element.F32 && (kind == Reduce.Kind.MAX || kind == Reduce.Kind.MIN);
        return extreme ? new ExtremeTile(kind == Reduce.Kind.MAX, tile) : tile;
    }
}
