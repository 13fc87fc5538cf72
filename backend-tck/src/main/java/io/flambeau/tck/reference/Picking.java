package io.flambeau.tck.reference;

import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Scatter;

/** GATHER and SCATTER: along rows, by index. */
final class Picking {
    private Picking() {}

    /**
     * @param size the elements of a row of x
     * @param picked the elements of a row of the index and of out
     */
    static void gather(Elements x, long size, Elements index, long picked, Elements out) {
        for (long i = 0; i < index.count(); i++) {
            out.copy(i, x, i / picked * size + checked("gather", index.integer(i), size));
        }
    }

    /**
     * @param picked the elements of a row of the index and of the source
     * @param size the elements of a row of out
     */
    static void scatter(Scatter op, Elements index, long picked, Elements source, Elements out, long size) {
        for (long i = 0; i < index.count(); i++) {
            long to = i / picked * size + checked(op.title(), index.integer(i), size);
            switch (op.kind()) {
                case SET -> out.copy(to, source, i);
                case ADD -> combine(Binary.ADD, source, i, out, to);
                case MUL -> combine(Binary.MUL, source, i, out, to);
                case MAX -> combine(Binary.MAXIMUM, source, i, out, to);
                case MIN -> combine(Binary.MINIMUM, source, i, out, to);
            }
        }
    }

    private static void combine(Binary op, Elements source, long from, Elements out, long to) {
        switch (out.dtype().category()) {
            case BOOL, INTEGRAL -> out.set(to, op.apply(out.integer(to), source.integer(from)));
            case FLOATING -> out.set(to, op.apply(out.real(to), source.real(from)));
            case COMPLEX -> out.set(to, op.apply(out.complex(to), source.complex(from)));
        }
    }

    private static long checked(String operation, long index, long size) {
        if (index < 0 || index >= size) {
            throw Laws.outside(operation, index, size);
        }
        return index;
    }
}
