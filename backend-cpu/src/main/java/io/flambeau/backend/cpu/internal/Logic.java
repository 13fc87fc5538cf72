package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Reduce;

/** The reductions ANY and ALL: whether some, or all, elements are not zero. */
final class Logic {
    private static final int CHUNK = 1024;

    private Logic() {}

    static void run(Reduce op, Strided x, Strided out) {
        boolean any = op.kind() == Reduce.Kind.ANY;
        Nest kept = new Nest(false, x.axes(op.axes(), false), out.axes(op.axes(), false));
        Nest reduced = new Nest(true, x.axes(op.axes(), true));
        Move load = Move.of(x.type(), Element.BOOL);
        long grain = Math.max(1, Workers.GRAIN / Math.max(1, reduced.count));
        Workers.ranges(kept.count, 1, grain, (from, to) -> {
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
