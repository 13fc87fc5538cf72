package io.flambeau.backend.clike;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    /** A product whose bias and activation follow in place, in one launch; null for what the definition does as well. */
    static @Nullable Kernel linear(Linear op, Spec[] in, Function<View, Station> at, Backend backend) {
        boolean covered =
                op.bias() && (op.epilogue() == Epilogue.NONE || op.epilogue() == Epilogue.RELU) && Fused.isUniform(in);
        if (!covered) {
            return null;
        }
        long columns = in[1].shape().size(0);
        long inner = in[1].shape().size(1);
        long rows = in[0].shape().count() / inner;
        int activation = op.epilogue() == Epilogue.RELU ? 1 : 0;
        return (x, out) -> {
            View to = out[0];
            backend.matmul(
                    x[0].with(Shape.of(1, rows, inner), new long[] {0, inner, 1}, x[0].offset()),
                    x[1].with(Shape.of(1, inner, columns), new long[] {0, 1, inner}, x[1].offset()),
                    to.with(Shape.of(1, rows, columns), new long[] {0, columns, 1}, to.offset()));
            Station s = at.apply(to);
            Arguments a = Fused.add(Fused.add(Arguments.begin(), to), x[2])
                    .i64(rows * columns)
                    .i64(columns)
                    .i32(activation)
                    .i32(to.dtype().ordinal());
            s.launch(s.kernel(Bundle.MATMUL, Kind.of(to.dtype()), 1), rows * columns, a);
        };
    }

    private static Memory memory(View view) {
        return (Memory) view.storage().slab().handle();
    }
}
