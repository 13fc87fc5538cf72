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
    private boolean addsMask(DType mask) {
        return attention.masked() && mask != DType.BOOL;
    }

    @Override
    public boolean isOneOff() {
        return attention.dropout() != null;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        attention.check(
                this, attention.masked() ? new Spec[] {in[1], in[2], in[3], in[6]} : new Spec[] {in[1], in[2], in[3]});
        return addsMask(in[in.length - 1].dtype())
                ? new Spec[] {in[1], in[2], in[3], in[6]}
                : new Spec[] {in[1], in[2], in[3]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor g = in[0];
        Tensor q = in[1];
        Tensor k = in[2];
        Tensor softmax = Attention.weights(attention.scores(q, k, attention.masked() ? in[6] : null))[0];
        Tensor kept = attention.dropout() == null ? softmax : Tensor.bind(attention.dropout(), softmax);
        Tensor value = kept.mT().matmul(g);
        Tensor weights = g.matmul(in[3].mT());
        weights = attention.dropout() == null ? weights : Tensor.bind(attention.dropout(), weights);
        Tensor shares = softmax.mul(weights);
        Tensor scores = shares.sub(softmax.mul(shares.sum(true, -1)));
        Tensor scaled = scores.mul(attention.scale());
        Tensor query = scaled.matmul(k);
        Tensor key = scaled.mT().matmul(q);
        return addsMask(in[in.length - 1].dtype())
                ? new Tensor[] {query, key, value, scores}
                : new Tensor[] {query, key, value};
    }
}
