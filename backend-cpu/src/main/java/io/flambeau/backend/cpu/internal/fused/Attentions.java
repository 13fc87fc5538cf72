package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention, some queries at a time, so that the matrix of all scores is never there; the gradient
 * forms the weights anew from the saved logarithms of their sums. After Dao, Fu, Ermon, Rudra and Ré, "FlashAttention"
 * (2022), but with whole rows of scores, which a processor's cache has room for.
 */
final class Attentions {
    /** Queries that are worked on together. */
    private static final int QUERIES = 64;

    private Attentions() {}

    /** The sizes of heads [L, E], [S, E], [S, F] and what the scores are made of. */
    private record Heads(Attention attention, int count, int l, int s, int e, int f, boolean bool) {
        static Heads of(Attention attention, Shape q, Shape v, boolean bool) {
            int rank = q.rank();
            int count = Math.toIntExact(q.range(0, rank - 2).count());
            return new Heads(attention, count, size(q, -2), size(v, -2), size(q, -1), size(v, -1), bool);
        }

        private static int size(Shape shape, int axis) {
            return Math.toIntExact(shape.size(axis));
        }

        int blocks() {
            return (l + QUERIES - 1) / QUERIES;
        }

        int rows(int block) {
            return Math.min(QUERIES, l - block * QUERIES);
        }

        /** How many keys the queries of a block may attend to. */
        int keys(int block) {
            return attention.causal() ? Math.min(s, block * QUERIES + rows(block)) : s;
        }

        /** Scaled scores of a block's queries, minus infinity where they may not attend; s floats a row. */
        void scores(int head, int block, long q, long k, long mask, long to) {
            int keys = keys(block);
            Matrix left = new Matrix(q + ((long) head * l + block * QUERIES) * e * 4, e, 1);
            Matrix right = new Matrix(k + (long) head * s * e * 4, 1, e);
            Gemm.F32.run(rows(block), keys, e, left, right, new Matrix(to, s, 1), false, null);
            float scale = (float) attention.scale();
            for (int i = 0; i < rows(block); i++) {
                long row = to + (long) i * s * 4;
                int query = block * QUERIES + i;
                Row.SCALE.map(keys, row, row, scale, 0);
                if (mask != 0) {
                    long at = ((long) head * l + query) * s;
                    hide(keys, row, bool ? mask + at : mask + at * 4);
                }
                if (attention.causal()) {
                    for (int j = query + 1; j < keys; j++) {
                        Mem.f32(row + j * 4L, Float.NEGATIVE_INFINITY);
                    }
                }
            }
        }

        private void hide(int keys, long row, long mask) {
            if (!bool) {
                Row.ADD.map(keys, row, mask, row, 0, 0);
                return;
            }
            for (int j = 0; j < keys; j++) {
                if (Mem.i8(mask + j) == 0) {
                    Mem.f32(row + j * 4L, Float.NEGATIVE_INFINITY);
                }
            }
        }
    }

    static @Nullable Kernel forward(Attention attention, Spec[] in) {
        if (attention.dropout() != null) {
            return null;
        }
        boolean bool = attention.masked() && in[3].dtype() == DType.BOOL;
        Heads heads = Heads.of(attention, in[0].shape(), in[2].shape(), bool);
        return (x, out) -> {
            long mask = attention.masked() ? x[3].address() : 0;
            int blocks = heads.blocks();
            Workers.run(heads.count * blocks, part -> {
                int head = part / blocks;
                int block = part % blocks;
                long scores = Scratch.get(Scratch.FUSED, (long) QUERIES * heads.s * 4);
                heads.scores(head, block, x[0].address(), x[1].address(), mask, scores);
                int keys = heads.keys(block);
                int rows = heads.rows(block);
                long first = (long) head * heads.l + block * QUERIES;
                for (int i = 0; i < rows; i++) {
                    float log = softmax(keys, scores + (long) i * heads.s * 4);
                    Mem.f32(out[1].address() + (first + i) * 4, log);
                }
                Matrix weights = new Matrix(scores, heads.s, 1);
                Matrix values = new Matrix(x[2].address() + (long) head * heads.s * heads.f * 4, heads.f, 1);
                Matrix result = new Matrix(out[0].address() + first * heads.f * 4, heads.f, 1);
                Gemm.F32.run(rows, heads.f, keys, weights, values, result, false, null);
            });
        };
    }

    /** Makes scores weights; gives the logarithm of their sum. A row of minus infinity alone becomes zeros. */
    private static float softmax(int n, long row) {
        float max = Fold.MAX_F32.floats(n, row);
        if (max == Float.NEGATIVE_INFINITY) {
            Mem.zero(row, n * 4L);
            return max;
        }
        Row.EXP_SHIFT.map(n, row, row, max, 0);
        float sum = Fold.SUM_F32.floats(n, row);
        Row.SCALE.map(n, row, row, 1 / sum, 0);
        return max + Poly.log(sum);
    }

    /** Inputs: cotangent, query, key, value, result, logarithms, mask. */
    static @Nullable Kernel backward(Attention attention, Spec[] in) {
        if (attention.dropout() != null) {
            return null;
        }
        boolean bool = attention.masked() && in[6].dtype() == DType.BOOL;
        Heads heads = Heads.of(attention, in[1].shape(), in[3].shape(), bool);
        return (x, out) -> {
            Mem.zero(out[1].address(), out[1].shape().count() * 4);
            Mem.zero(out[2].address(), out[2].shape().count() * 4);
            if (out.length > 3) {
                Mem.zero(out[3].address(), out[3].shape().count() * 4);
            }
            Workers.run(heads.count, head -> {
                for (int block = 0; block < heads.blocks(); block++) {
                    gradients(heads, head, block, x, out);
                }
            });
        };
    }

    private static void gradients(Heads heads, int head, int block, View[] x, View[] out) {
        long mask = heads.attention.masked() ? x[6].address() : 0;
        long weights = Scratch.get(Scratch.FUSED, (long) QUERIES * heads.s * 4);
        long slopes = Scratch.get(Scratch.COLUMNS, (long) QUERIES * heads.s * 4);
        heads.scores(head, block, x[1].address(), x[2].address(), mask, weights);
        int rows = heads.rows(block);
        int keys = heads.keys(block);
        int f = heads.f;
        int e = heads.e;
        long first = (long) head * heads.l + block * QUERIES;
        Matrix g = new Matrix(x[0].address() + first * f * 4, f, 1);
        Matrix q = new Matrix(x[1].address() + first * e * 4, e, 1);
        Matrix k = new Matrix(x[2].address() + (long) head * heads.s * e * 4, e, 1);
        Matrix v = new Matrix(x[3].address() + (long) head * heads.s * f * 4, f, 1);
        Matrix p = new Matrix(weights, heads.s, 1);
        Matrix d = new Matrix(slopes, heads.s, 1);
        Gemm.F32.run(rows, keys, f, g, v.transposed(), d, false, null);
        float scale = (float) heads.attention.scale();
        for (int i = 0; i < rows; i++) {
            long row = weights + (long) i * heads.s * 4;
            long slope = slopes + (long) i * heads.s * 4;
            float log = Mem.f32(x[5].address() + (first + i) * 4);
            if (log == Float.NEGATIVE_INFINITY) {
                Mem.zero(row, keys * 4L);
            } else {
                Row.EXP_SHIFT.map(keys, row, row, log, 0);
            }
            long y = x[4].address() + (first + i) * f * 4;
            float along = Row.PRODUCT.sum(f, g.address() + (long) i * f * 4, y, 0, 0, 0);
            if (out.length > 3) {
                long to = out[3].address() + (first + i) * heads.s * 4;
                Row.SOFTMAX_SCORES.map(keys, row, slope, to, along, 1);
            }
            Row.SOFTMAX_SCORES.map(keys, row, slope, slope, along, scale);
        }
        Matrix query = new Matrix(out[0].address() + first * e * 4, e, 1);
        Matrix key = new Matrix(out[1].address() + (long) head * heads.s * e * 4, e, 1);
        Matrix value = new Matrix(out[2].address() + (long) head * heads.s * f * 4, f, 1);
        Gemm.F32.run(rows, e, keys, d, k, query, false, null);
        Gemm.F32.run(keys, e, rows, d.transposed(), q, key, true, null);
        Gemm.F32.run(keys, f, rows, p.transposed(), g, value, true, null);
    }
}
