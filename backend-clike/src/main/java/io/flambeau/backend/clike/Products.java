package io.flambeau.backend.clike;

import io.flambeau.tensor.spi.View;

/** Launches of {@code matmul.cl}. */
final class Products {
    private static final int LOCAL = 256;
    private static final int BYTES = 8 * 16 + 16;

    private Products() {}

    static void matmul(Station s, View x, View y, View out) {
        if (out.shape().count() == 0) {
            return;
        }
        Kind kind = Kind.of(x.dtype());
        Arguments a = Arguments.begin().buffer(memory(x)).buffer(memory(y)).buffer(memory(out));
        int at = a.struct(BYTES);
        long rows = out.shape().size(1);
        long columns = out.shape().size(2);
        a.put(at, out.shape().size(0));
        a.put(at + 8, rows);
        a.put(at + 16, columns);
        a.put(at + 24, x.shape().size(2));
        View[] views = {x, y, out};
        for (int k = 0; k < 3; k++) {
            a.put(at + 32 + 8 * k, Nest.offset(views[k]));
            a.put(at + 128 + 4 * k, views[k].dtype().ordinal());
            for (int axis = 0; axis < 3; axis++) {
                a.put(at + 56 + 8 * (3 * k + axis), views[k].stride(axis));
            }
        }
        int tile = kind == Kind.HALF || kind == Kind.SINGLE || kind == Kind.DOUBLE ? 64 : 32;
        long tiles = out.shape().size(0) * ((rows + tile - 1) / tile) * ((columns + tile - 1) / tile);
        s.groups(s.kernel(Bundle.MATMUL, kind, 0), tiles, LOCAL, a);
    }

    private static Memory memory(View view) {
        return (Memory) view.storage().slab().handle();
    }
}
