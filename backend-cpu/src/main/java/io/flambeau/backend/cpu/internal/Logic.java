package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.spi.View;

/** The reductions ANY and ALL: whether some, or all, elements are not zero. */
final class Logic {
    private static final int CHUNK = 1024;

    private Logic() {}

    static void run(Reduce op, View x, View out) {
        boolean any = op.kind() == Reduce.Kind.ANY;
        int rank = x.shape().rank();
        View[] split = Views.split(x, op.axes());
        Nest kept = new Nest(false, split[0], Views.split(out, op.axes())[0]);
        Nest reduced = new Nest(true, split[1]);
        Move load = Move.of(Element.of(x.dtype()), Element.BOOL);
        long grain = Math.max(1, Workers.GRAIN / Math.max(1, reduced.count));
        Workers.ranges(rank == 0 ? 1 : kept.count, 1, grain, (from, to) -> {
            for (long o = from; o < to; o++) {
                long shift = kept.address(0, o) - reduced.addresses[0];
                boolean found = reduced.count > 0 && search(reduced, load, shift, any);
                Mem.i8(kept.address(1, o), (byte) (found == any ? 1 : 0));
            }
        });
    }

    /** Whether an element equals {@code wanted}. */
    private static boolean search(Nest nest, Move load, long shift, boolean wanted) {
        long buffer = Scratch.get(Scratch.STAGE, CHUNK);
        for (long at = 0; at < nest.count; ) {
            int n = (int) Math.min(CHUNK, nest.inner() - at % nest.inner());
            load.run(n, nest.address(0, at) + shift, nest.step(0), buffer, 1);
            for (int i = 0; i < n; i++) {
                if (Mem.i8(buffer + i) != 0 == wanted) {
                    return true;
                }
            }
            at += n;
        }
        return false;
    }
}
