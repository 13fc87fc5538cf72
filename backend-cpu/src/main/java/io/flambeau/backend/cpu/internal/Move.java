package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorMoves;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Copies elements at regular distances, in bytes, converting them from one type to another. */
@FunctionalInterface
public interface Move {
    void run(int n, long from, long fromStep, long to, long toStep);

    /** The conversion between two types, or the plain copy if they are equal. */
    static Move of(Element from, Element to) {
        return from == to ? Table.get(from.bits(), from.bits()) : Table.get(from, to);
    }

    /** The conversions made so far. */
    final class Table {
        private static final int TYPES = Element.values().length;
        private static final AtomicReferenceArray<Move> MADE = new AtomicReferenceArray<>(TYPES * TYPES);

        private Table() {}

        static Move get(Element from, Element to) {
            int at = from.ordinal() * TYPES + to.ordinal();
            Move move = MADE.get(at);
            if (move == null) {
                Move plain = Specialiser.specialise(MethodHandles.lookup(), MoveTemplate.class, Move.class, from, to);
                Move vector = Kernels.VECTOR ? VectorMoves.of(from, to, plain) : null;
                move = vector != null ? vector : plain;
                MADE.set(at, move);
            }
            return move;
        }
    }
}
