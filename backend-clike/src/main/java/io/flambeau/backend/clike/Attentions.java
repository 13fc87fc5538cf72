package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code attention.cl}: without dropout, for heads that fit local memory. */
final class Attentions {
    private static final int FORWARD = 0;
    private static final int DOTS = 1;
    private static final int QUERIES = 2;
    private static final int KEYS = 3;

    /** Queries or keys that a group takes at once. */
    private static final int BLOCK = 16;

    private static final int WIDTH = 128;
    private static final int WIDTH_OF_DOUBLES = 64;

    private static final int CAUSAL = 1;
    private static final int CHOSEN = 2;
    private static final int ADDED = 4;

    private Attentions() {}

    private static boolean isCovered(Attention op, Spec q, Spec v) {
        int most = q.dtype() == DType.F64 ? WIDTH_OF_DOUBLES : WIDTH;
        return op.dropout() == null && q.shape().size(-1) <= most && v.shape().size(-1) <= most;
    }

    static @Nullable Kernel forward(ScaledDotProductAttention op, Spec[] in, Function<View, Station> at) {
        Attention attention = op.attention();
        if (!isCovered(attention, in[0], in[2])) {
            return null;
        }
        return (x, out) -> {
            Station s = at.apply(out[0]);
            View mask = attention.masked() ? x[3] : x[0];
            Arguments a = buffers(x[0], x[1], x[2], mask, out[0], out[1]);
            Lines.real(a, x[0].dtype(), attention.scale());
            long batch = struct(a, attention, x[0], x[1], x[2], mask, out[0], out[1]);
            s.groups(kernel(s, x[0], FORWARD), batch * blocks(x[0]), s.info.local(), a);
        };
    }

    /** A gradient for the mask itself is left to the decomposition. */
    static @Nullable Kernel backward(ScaledDotProductAttentionBackward op, Spec[] in, Function<View, Station> at) {
        Attention attention = op.attention();
        if (!isCovered(attention, in[1], in[3]) || op.infer(in).length > 3) {
            return null;
        }
        return (x, out) -> {
            Station s = at.apply(out[0]);
            View q = x[1];
            View mask = attention.masked() ? x[6] : q;
            long count = x[5].shape().count();
            synchronized (s) {
                Memory dots = s.scratch(count * 8);
                Arguments a =
                        Fused.add(Fused.add(Arguments.begin(), x[0]), x[4]).buffer(dots);
                a.i64(count).i64(x[0].shape().size(-1)).i32(q.dtype().ordinal());
                s.launch(kernel(s, q, DOTS), count, a);
                Arguments b = buffers(x[0], q, x[2], x[3], mask, x[5]).buffer(dots);
                Fused.add(b, out[0]);
                Lines.real(b, q.dtype(), attention.scale());
                long batch = struct(b, attention, q, x[2], x[3], mask, x[0], x[5]);
                s.groups(kernel(s, q, QUERIES), batch * blocks(q), s.info.local(), b);
                Arguments c = buffers(x[0], q, x[2], x[3], mask, x[5]).buffer(dots);
                Fused.add(Fused.add(c, out[1]), out[2]);
                Lines.real(c, q.dtype(), attention.scale());
                struct(c, attention, q, x[2], x[3], mask, x[0], x[5]);
                s.groups(kernel(s, q, KEYS), batch * blocks(x[2]), s.info.local(), c);
            }
        };
    }

    private static Program.Kernel kernel(Station s, View q, int index) {
        return s.kernel(Bundle.ATTENTION, Kind.of(q.dtype()), index);
    }

    private static long blocks(View x) {
        return (x.shape().size(-2) + BLOCK - 1) / BLOCK;
    }

    private static Arguments buffers(View... views) {
        Arguments a = Arguments.begin();
        for (View view : views) {
            a.buffer(Fused.memory(view));
        }
        return a;
    }

    /** The struct Attention of {@code attention.cl}; gives the number of heads in all samples. */
    private static long struct(Arguments a, Attention op, View q, View k, View v, View mask, View out, View sums) {
        Shape shape = q.shape();
        long batch = shape.range(0, shape.rank() - 2).count();
        long[] numbers = {
            batch,
            shape.size(-2),
            k.shape().size(-2),
            shape.size(-1),
            v.shape().size(-1),
            Nest.offset(q),
            Nest.offset(k),
            Nest.offset(v),
            Nest.offset(mask),
            Nest.offset(out),
            Nest.offset(sums)
        };
        int at = a.struct(8 * numbers.length + 8);
        for (int i = 0; i < numbers.length; i++) {
            a.put(at + 8 * i, numbers[i]);
        }
        int flags = (op.causal() ? CAUSAL : 0) | (op.masked() ? mask.dtype() == DType.BOOL ? CHOSEN : ADDED : 0);
        a.put(at + 8 * numbers.length, flags);
        a.put(at + 8 * numbers.length + 4, q.dtype().ordinal());
        return batch;
    }
}
