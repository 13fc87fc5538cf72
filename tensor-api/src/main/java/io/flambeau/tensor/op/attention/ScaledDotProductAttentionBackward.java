package io.flambeau.tensor.op.attention;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;

/**
 * The gradients of {@link ScaledDotProductAttention} for query, key, value and a mask of values. Inputs are the
 * cotangent, query, key, value, the result, the logarithm of the sum (both of which the definition, to be
 * differentiated itself, forms anew) and, if there is one, the mask.
 */
public record ScaledDotProductAttentionBackward(Attention attention) implements Fused {
    /** Whether the mask has a gradient, which then is the fourth output. */
    @Override
    public boolean isOneOff() {
        return attention.dropout() != null;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        attention.checkCounter(this, in, 6);
        attention.check(
                this, attention.masked() ? new Spec[] {in[1], in[2], in[3], in[6]} : new Spec[] {in[1], in[2], in[3]});
        return attention.masked() && in[6].dtype() != DType.BOOL
                ? new Spec[] {in[1], in[2], in[3], in[6]}
                : new Spec[] {in[1], in[2], in[3]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor g = in[0];
        Tensor q = in[1];
        Tensor k = in[2];
        Tensor softmax = Attention.weights(attention.scores(q, k, attention.masked() ? in[6] : null))[0];
        Tensor kept = attention.dropped(softmax, in, 6);
        Tensor value = kept.mT().matmul(g);
        Tensor weights = attention.dropped(g.matmul(in[3].mT()), in, 6);
        Tensor shares = softmax.mul(weights);
        Tensor scores = shares.sub(softmax.mul(shares.sum(true, -1)));
        Tensor scaled = scores.mul(attention.scale());
        Tensor query = scaled.matmul(k);
        Tensor key = scaled.mT().matmul(q);
        return attention.masked() && in[6].dtype() != DType.BOOL
                ? new Tensor[] {query, key, value, scores}
                : new Tensor[] {query, key, value};
    }
}
