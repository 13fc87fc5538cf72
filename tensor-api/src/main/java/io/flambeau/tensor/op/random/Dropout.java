package io.flambeau.tensor.op.random;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.Random;
import java.util.Arrays;

/**
 * Each element is zero with a probability and otherwise divided by the probability that it is not.
 *
 * <p>Element i, counted in row-major order, stays if the low 24 bits of the i-th I32 of the stream (see Note [The
 * random stream]) are at least p 2^24. A counter may follow the input, see Note [Counters]. The map is linear, so it is its own gradient: the mask is drawn again, not
 * stored.
 *
 * @param p the probability of zero
 * @param seed the stream
 * @param offset its first block
 */
public record Dropout(double p, long seed, long offset) implements Fused, Derived.WithGradient {
    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public boolean isOneOff() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[0]);
        Random.requireCounter(this, in, 1);
        if (!(p >= 0 && p <= 1)) {
            throw new ArgumentException(title(), "p is " + p + "; a probability is from 0 to 1", Fault.BAD_ARGUMENT);
        }
        return new Spec[] {in[0]};
    }

    /** What 24 bits are compared with: an element stays if its bits are not below. */
    public long threshold() {
        return Math.round(p * 0x1p24);
    }

    /** What the elements that stay are multiplied with. */
    public double scale() {
        return p == 1 ? 0 : 1 / (1 - p);
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Random random = new Random(in[0].spec().with(DType.I32), seed, offset);
        Tensor bits = Tensor.bind(random, Arrays.copyOfRange(in, 1, in.length));
        Tensor stays = bits.bitwiseAnd(Scalar.of(0xFFFFFFL)).ge(threshold());
        Tensor kept = in[0].mul(scale());
        return new Tensor[] {kept.where(stays, kept.zerosLike())};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return in.length == 1
                ? Pullback.of((g, s) -> Tensor.bind(this, g))
                : Pullback.saving(in[1]).of((g, s) -> Tensor.bind(this, g, s[0]), null);
    }
}
