package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code attention.cl}. */
final class Attentions {
    private static final int FORWARD = 0;
    private static final int DOTS = 1;
    private static final int QUERIES = 2;
    private static final int KEYS = 3;

    /** Queries or keys that a group takes at once. */
    private static final int BLOCK = 16;

    private static final int CAUSAL = 1;
    private static final int CHOSEN = 2;
    private static final int ADDED = 4;
    private static final int DROPPED = 8;
    private static final int SLOPED = 16;

    private Attentions() {}

    /** The operands of one call, with those that the operation need not have. */
    private record Call(
            Attention op,
            View q,
            View k,
            View v,
            @Nullable View mask,
            @Nullable View counter,
            int flags) {
        /** @param unmasked how many inputs there are without mask and counter */
        static Call of(Attention op, View[] in, int first, int unmasked, boolean sloped) {
            View mask = op.masked() ? in[unmasked] : null;
            int next = op.masked() ? unmasked + 1 : unmasked;
            View counter = op.dropout() != null && in.length > next ? in[next] : null;
            int masked = mask == null ? 0 : mask.dtype() == DType.BOOL ? CHOSEN : ADDED;
            int flags =
                    masked | (op.causal() ? CAUSAL : 0) | (op.dropout() != null ? DROPPED : 0) | (sloped ? SLOPED : 0);
            return new Call(op, in[first], in[first + 1], in[first + 2], mask, counter, flags);
        }

        /** Adds query, key, value, mask and counter; the query in place of what is not there. */
        Arguments operands(Arguments a) {
            return a.buffer(Fused.memory(q))
                    .buffer(Fused.memory(k))
                    .buffer(Fused.memory(v))
                    .buffer(Fused.memory(mask == null ? q : mask))
                    .buffer(Fused.memory(counter == null ? q : counter));
        }

        /** Adds the numbers and the struct Attention of {@code attention.cl}. */
        Arguments numbers(Arguments a, View out, View sums) {
            Lines.real(a, q.dtype(), op.scale());
            Dropout dropout = op.dropout();
            Lines.real(a, q.dtype(), dropout == null ? 1 : dropout.scale());
            Shape shape = q.shape();
            long[] numbers = {
                batch(),
                shape.size(-2),
                k.shape().size(-2),
                shape.size(-1),
                v.shape().size(-1),
                Nest.offset(q),
                Nest.offset(k),
                Nest.offset(v),
                mask == null ? 0 : Nest.offset(mask),
                Nest.offset(out),
                Nest.offset(sums),
                dropout == null ? 0 : dropout.threshold(),
                dropout == null ? 0 : dropout.offset(),
                dropout == null ? 0 : dropout.seed(),
                counter == null ? -1 : Nest.offset(counter)
            };
            int at = a.struct(8 * numbers.length + 8);
            for (int i = 0; i < numbers.length; i++) {
                a.put(at + 8 * i, numbers[i]);
            }
            a.put(at + 8 * numbers.length, flags);
            a.put(at + 8 * numbers.length + 4, q.dtype().ordinal());
            return a;
        }

        /** The heads of all samples. */
        long batch() {
            return q.shape().range(0, q.shape().rank() - 2).count();
        }
    }

    static Kernel forward(ScaledDotProductAttention op, Function<View, Station> at) {
        return (x, out) -> {
            Station s = at.apply(out[0]);
            Call call = Call.of(op.attention(), x, 0, 3, false);
            Arguments a = call.operands(Arguments.begin())
                    .buffer(Fused.memory(out[0]))
                    .buffer(Fused.memory(out[1]));
            s.groups(
                    kernel(s, x[0], FORWARD),
                    call.batch() * blocks(x[0]),
                    s.info.local(),
                    call.numbers(a, out[0], out[1]));
        };
    }

    static Kernel backward(ScaledDotProductAttentionBackward op, Function<View, Station> at) {
        return (x, out) -> {
            Station s = at.apply(out[0]);
            View g = x[0];
            View sums = x[5];
            Call call = Call.of(op.attention(), x, 1, 6, out.length > 3);
            long count = sums.shape().count();
            synchronized (s) {
                Memory dots = s.scratch(count * 8);
                Arguments a = Fused.add(Fused.add(Arguments.begin(), g), x[4]).buffer(dots);
                a.i64(count).i64(g.shape().size(-1)).i32(g.dtype().ordinal());
                s.launch(kernel(s, g, DOTS), count, a);
                Arguments b = call.operands(Arguments.begin().buffer(Fused.memory(g)))
                        .buffer(Fused.memory(sums))
                        .buffer(dots);
                Fused.add(Fused.add(b, out[0]), out[out.length > 3 ? 3 : 0]);
                s.groups(
                        kernel(s, g, QUERIES), call.batch() * blocks(call.q), s.info.local(), call.numbers(b, g, sums));
                Arguments c = call.operands(Arguments.begin().buffer(Fused.memory(g)))
                        .buffer(Fused.memory(sums))
                        .buffer(dots);
                Fused.add(Fused.add(c, out[1]), out[2]);
                s.groups(kernel(s, g, KEYS), call.batch() * blocks(call.k), s.info.local(), call.numbers(c, g, sums));
            }
        };
    }

    private static Program.Kernel kernel(Station s, View q, int index) {
        return s.kernel(Bundle.ATTENTION, Kind.of(q.dtype()), index);
    }

    private static long blocks(View x) {
        return (x.shape().size(-2) + BLOCK - 1) / BLOCK;
    }
}
