package io.flambeau.nn;

import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.functional.AttentionWeights;
import io.flambeau.nn.functional.MultiHeadOptions;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.random.Dropout;
import org.jspecify.annotations.Nullable;

/** Attention. */
abstract sealed class AttentionFunctions extends LossFunctions permits ImageFunctions {
    AttentionFunctions() {}

    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
        return scaledDotProductAttention(query, key, value, AttentionOptions.options());
    }

    /**
     * softmax(scale query keyᵀ + mask) value; a query that may attend to nothing gives zeros.
     *
     * @param query [..., L, E]
     * @param key [..., S, E]
     * @param value [..., S, F]
     * @return [..., L, F]
     */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value, AttentionOptions options) {
        String operation = "scaledDotProductAttention";
        Tensor mask = options.mask();
        if (mask != null && options.causal()) {
            throw new ArgumentException(
                    operation,
                    "a mask and causal exclude each other; put the causal mask into the mask",
                    Fault.BAD_ARGUMENT);
        }
        if (query.rank() < 2 || key.rank() < 2 || value.rank() < 2) {
            throw new ShapeException(
                    operation,
                    "query " + query.shape() + ", key " + key.shape() + " and value " + value.shape()
                            + " must each have at least 2 axes",
                    Fault.SHAPE_MISMATCH);
        }
        Tensor k = options.groupedQueries() ? shared(key, query) : key;
        Tensor v = options.groupedQueries() ? shared(value, query) : value;
        Shape batch = Shape.broadcast(operation, Shape.broadcast(operation, lead(query), lead(k)), lead(v));
        Tensor q = widened(query, batch);
        k = widened(k, batch);
        v = widened(v, batch);
        Double given = options.scale();
        double scale = given == null ? 1 / Math.sqrt(query.size(-1)) : given;
        Shape scores = batch.concat(Shape.of(q.size(-2), k.size(-2)));
        Dropout dropout = options.dropout() > 0 ? drawn(options.dropout(), scores, q) : null;
        Attention attention = new Attention(mask != null, options.causal(), scale, dropout);
        Tensor counter = dropout == null ? null : Generator.standard().counter();
        return bound(
                new ScaledDotProductAttention(attention), q, k, v, mask == null ? null : mask.expand(scores), counter)[
                0];
    }

    private static Shape lead(Tensor x) {
        return x.shape().range(0, x.rank() - 2);
    }

    private static Tensor widened(Tensor x, Shape batch) {
        return x.expand(batch.concat(x.shape().range(x.rank() - 2, x.rank())));
    }

    /** Each head repeated for the heads of the query that share it. */
    private static Tensor shared(Tensor x, Tensor query) {
        if (x.rank() < 3 || query.rank() < 3 || x.size(-3) == 0 || query.size(-3) % x.size(-3) != 0) {
            throw new ShapeException(
                    "scaledDotProductAttention",
                    "the heads of the query " + query.shape() + " are no multiple of those of " + x.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        long times = query.size(-3) / x.size(-3);
        Shape wide = x.shape().insert(x.rank() - 2, times);
        return x.unsqueeze(-3).expand(wide).flatten(x.rank() - 3, x.rank() - 2);
    }

    /**
     * Attention of several heads between projections of query, key and value, projected again.
     *
     * @param query [L, N, E] or [L, E]
     * @param key [S, N, key width] or [S, key width]
     * @param value [S, N, value width] or [S, value width]
     * @return the result, like the query, and the weights [N, L, S], [N, heads, L, S] if not averaged, or null
     */
    public static @Nullable Tensor[] multiHeadAttentionForward(
            Tensor query, Tensor key, Tensor value, AttentionWeights weights, MultiHeadOptions options) {
        String operation = "multiHeadAttentionForward";
        boolean single = query.rank() == 2;
        Tensor q = single ? query.unsqueeze(1) : query;
        Tensor k = single ? key.unsqueeze(1) : key;
        Tensor v = single ? value.unsqueeze(1) : value;
        int heads = options.heads();
        if (q.rank() != 3 || k.rank() != 3 || v.rank() != 3 || heads < 1 || q.size(2) % heads != 0) {
            throw new ShapeException(
                    operation,
                    "query " + query.shape() + ", key " + key.shape() + " and value " + value.shape() + " do not fit "
                            + heads + " heads",
                    Fault.SHAPE_MISMATCH);
        }
        Tensor[] projected = projected(q, k, v, weights);
        q = projected[0];
        k = projected[1];
        v = projected[2];
        long n = q.size(1);
        Tensor biasK = weights.biasK();
        Tensor biasV = weights.biasV();
        int more = 0;
        if (biasK != null && biasV != null) {
            k = Tensors.cat(0, k, biasK.reshape(1, 1, q.size(2)).expand(1, n, q.size(2)));
            v = Tensors.cat(0, v, biasV.reshape(1, 1, q.size(2)).expand(1, n, q.size(2)));
            more++;
        }
        if (options.addZeroAttention()) {
            k = Tensors.cat(0, k, k.newZeros(k.shape().with(0, 1)));
            v = Tensors.cat(0, v, v.newZeros(v.shape().with(0, 1)));
            more++;
        }
        Tensor mask = merged(options, n, q, k.size(0), more);
        Attended out = attended(split(q, heads), split(k, heads), split(v, heads), mask, options);
        // [N, heads, L, width] back to [L, N, E]
        Tensor joined = out.result.permute(2, 0, 1, 3).reshape(q.size(0), n, q.size(2));
        Tensor result = linear(joined, weights.outProjWeight(), weights.outProjBias());
        Tensor shares = out.weights;
        if (shares != null && options.averageWeights()) {
            shares = shares.mean(1);
        }
        if (!single) {
            return new Tensor[] {result, shares};
        }
        return new Tensor[] {result.squeeze(1), shares == null ? null : shares.squeeze(0)};
    }

    /** What the heads give [N, heads, L, width] and, if wanted, their weights. */
    private record Attended(Tensor result, @Nullable Tensor weights) {}

    private static Tensor[] projected(Tensor q, Tensor k, Tensor v, AttentionWeights weights) {
        long width = q.size(2);
        Tensor bias = weights.inProjBias();
        Tensor joint = weights.inProjWeight();
        Tensor[] in = {q, k, v};
        @Nullable Tensor[] each = {weights.qProjWeight(), weights.kProjWeight(), weights.vProjWeight()};
        Tensor[] out = new Tensor[3];
        if (joint != null && q == k && k == v) {
            return linear(q, joint, bias).chunk(3, 2);
        }
        for (int i = 0; i < 3; i++) {
            Tensor weight = joint != null ? joint.narrow(0, i * width, width) : each[i];
            if (weight == null) {
                throw new ArgumentException(
                        "multiHeadAttentionForward",
                        "inProjWeight is null, and so is one of qProjWeight, kProjWeight and vProjWeight",
                        Fault.BAD_ARGUMENT);
            }
            out[i] = linear(in[i], weight, bias == null ? null : bias.narrow(0, i * width, width));
        }
        return out;
    }

    /** [L, N, E] as [N, heads, L, E / heads]. */
    private static Tensor split(Tensor x, int heads) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).permute(1, 2, 0, 3);
    }

    /** Both masks as values to be added, [N, heads or 1, L or 1, S], or null. */
    private static @Nullable Tensor merged(MultiHeadOptions options, long n, Tensor q, long keys, int more) {
        Tensor mask = options.mask();
        Tensor padding = options.keyPaddingMask();
        Tensor merged = null;
        if (mask != null) {
            Tensor values = extended(values(mask, q.dtype()), more);
            merged = values.rank() == 3
                    ? values.reshape(n, options.heads(), values.size(1), values.size(2))
                    : values.unsqueeze(0).unsqueeze(0);
        }
        if (padding != null) {
            Tensor values = extended(values(padding, q.dtype()), more).reshape(n, 1, 1, keys);
            merged = merged == null ? values : merged.add(values);
        }
        return merged;
    }

    /** A mask as values to be added: minus infinity where it is true. */
    private static Tensor values(Tensor mask, DType dtype) {
        if (mask.dtype() != DType.BOOL) {
            return mask;
        }
        Tensor zeros = Tensors.full(mask.spec().with(dtype), Scalar.ZERO);
        return zeros.fullLike(Scalar.of(Double.NEGATIVE_INFINITY)).where(mask, zeros);
    }

    /** A mask with keys added that are not masked. */
    private static Tensor extended(Tensor mask, int more) {
        return more == 0
                ? mask
                : Tensors.cat(-1, mask, mask.newZeros(mask.shape().with(mask.rank() - 1, more)));
    }

    private static Attended attended(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, MultiHeadOptions options) {
        double p = options.training() ? options.dropout() : 0;
        if (!options.needWeights()) {
            AttentionOptions attention = AttentionOptions.options().mask(mask).dropout(p);
            return new Attended(scaledDotProductAttention(q, k, v, attention), null);
        }
        Tensor scores = q.mul(Math.sqrt(1.0 / q.size(-1))).matmul(k.mT());
        scores = mask == null ? scores : scores.add(mask);
        // A query that may attend to nothing has weights 0, not NaN.
        Tensor nothing = scores.detach().amax(true, -1).eq(Double.NEGATIVE_INFINITY);
        Tensor zeros = scores.zerosLike();
        Tensor softmax = zeros.where(nothing, zeros.where(nothing, scores).softmax(-1));
        Tensor weights = dropout(softmax, p, true);
        return new Attended(weights.matmul(v), weights);
    }
}
