package io.flambeau.tensor.op.attention;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Pullback;
import java.util.Arrays;

/**
 * softmax(scale q kᵀ + mask) v (Vaswani and others, 2017): inputs are the query [..., L, E], the key [..., S, E], the
 * value [..., S, F] and, if there are any, the mask [..., L, S] and the dropout's counter (see Note [Counters]). A query that may attend to nothing gives zeros.
 *
 * <p>The hidden output is the logarithm of the sum of the exponentials of the scores [..., L].
 */
public record ScaledDotProductAttention(Attention attention) implements Fused, Derived.WithGradient {
    @Override
    public boolean isOneOff() {
        return attention.dropout() != null;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        attention.checkCounter(this, in, 3);
        return attention.check(this, in);
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor scores = attention.scores(in[0], in[1], attention.masked() ? in[3] : null);
        Tensor[] softmax = Attention.weights(scores);
        Tensor weights = attention.dropped(softmax[0], in, 3);
        return new Tensor[] {weights.matmul(in[2]), softmax[1]};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        ScaledDotProductAttentionBackward backward = new ScaledDotProductAttentionBackward(attention);
        Tensor[] saved = new Tensor[in.length + 2];
        System.arraycopy(in, 0, saved, 0, 3);
        System.arraycopy(out, 0, saved, 3, 2);
        System.arraycopy(in, 3, saved, 5, in.length - 3);
        return Pullback.saving(saved).joint((g, s, needs) -> {
            Tensor[] inputs = new Tensor[s.length + 1];
            inputs[0] = g[0];
            System.arraycopy(s, 0, inputs, 1, s.length);
            return Arrays.copyOf(Tensor.bindAll(backward, inputs), needs.length);
        });
    }
}
