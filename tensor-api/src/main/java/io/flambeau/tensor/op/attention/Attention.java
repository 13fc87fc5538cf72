package io.flambeau.tensor.op.attention;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Iota;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.random.Dropout;
import org.jspecify.annotations.Nullable;

/**
 * How queries [..., L, E] attend to keys [..., S, E]: the weights are softmax(scale q kᵀ + mask).
 *
 * @param masked whether there is a mask [..., L, S]: BOOL, true where a query may attend, or values to add
 * @param causal whether query i may attend to keys up to i only
 * @param scale what the products are multiplied with
 * @param dropout what is done to the weights, or null
 */
public record Attention(
        boolean masked,
        boolean causal,
        double scale,
        @Nullable Dropout dropout) {
    /** Checks query, key, value and mask; gives the specs of the result and of one value for each query. */
    Spec[] check(Op op, Spec[] in) {
        Spec q = in[0];
        Laws.requireRealFloating(op, "the query", q);
        Laws.requireLike(op, "the key", in[1], q);
        Laws.requireLike(op, "the value", in[2], q);
        int rank = q.shape().rank();
        Shape k = in[1].shape();
        Shape v = in[2].shape();
        boolean fits = rank >= 2 && k.rank() == rank && v.rank() == rank;
        fits = fits
                && k.size(-1) == q.shape().size(-1)
                && v.size(-2) == k.size(-2)
                && k.range(0, rank - 2).equals(q.shape().range(0, rank - 2))
                && v.range(0, rank - 2).equals(q.shape().range(0, rank - 2));
        if (!fits) {
            throw new ShapeException(
                    op.title(),
                    "query " + q.shape() + ", key " + k + " and value " + v
                            + " do not fit: they must be [..., L, E], [..., S, E] and [..., S, F]",
                    Fault.SHAPE_MISMATCH);
        }
        if (masked) {
            Laws.requireShape(op, "the mask", in[3], q.shape().with(rank - 1, k.size(-2)));
            if (in[3].dtype() != DType.BOOL) {
                Laws.requireParameter(op, "the mask", in[3], q);
            }
        }
        Spec out = q.with(q.shape().with(rank - 1, v.size(-1)));
        DType statistic = q.dtype().isHalf() ? DType.F32 : q.dtype();
        return new Spec[] {out, q.with(q.shape().without(rank - 1)).with(statistic)};
    }

    /** The number of inputs without the counter, given that without the mask. */
    private int inputs(int unmasked) {
        return masked ? unmasked + 1 : unmasked;
    }

    /** Checks the counter of the dropout that may follow all other inputs. */
    void checkCounter(Op op, Spec[] in, int unmasked) {
        Random.requireCounter(op, in, inputs(unmasked));
    }

    /** What the dropout leaves. */
    Tensor dropped(Tensor x, Tensor[] in, int unmasked) {
        if (dropout == null) {
            return x;
        }
        int before = inputs(unmasked);
        return in.length > before ? Tensor.bind(dropout, x, in[before]) : Tensor.bind(dropout, x);
    }

    /** The scores before the softmax, minus infinity where a query may not attend. */
    Tensor scores(Tensor q, Tensor k, @Nullable Tensor mask) {
        Tensor scores = q.mul(scale).matmul(k.mT());
        Tensor hidden = scores.newFull(Shape.SCALAR, Scalar.of(Double.NEGATIVE_INFINITY));
        if (mask != null) {
            scores = mask.dtype() == DType.BOOL ? scores.where(mask, hidden) : scores.add(mask);
        }
        return causal ? scores.where(past(scores), hidden) : scores;
    }

    /** Whether the column is at most the row [L, S]. */
    private static Tensor past(Tensor scores) {
        Tensor rows = iota(scores, scores.size(-2)).unsqueeze(1);
        return rows.ge(iota(scores, scores.size(-1)));
    }

    private static Tensor iota(Tensor like, long count) {
        return Tensor.bind(new Iota(new Spec(Shape.of(count), DType.I64, like.device()), Scalar.ZERO, Scalar.ONE));
    }

    /** The softmax over keys and its logarithmic sum; a query that may attend to nothing has weights 0. */
    static Tensor[] weights(Tensor scores) {
        Tensor zeros = scores.newZeros(Shape.SCALAR);
        if (scores.size(-1) == 0) {
            Tensor none =
                    scores.newFull(scores.shape().without(scores.rank() - 1), Scalar.of(Double.NEGATIVE_INFINITY));
            return new Tensor[] {scores.clone(), none};
        }
        Tensor top = scores.detach().amax(true, -1);
        Tensor nothing = top.eq(Double.NEGATIVE_INFINITY);
        Tensor e = scores.sub(zeros.where(nothing, top)).exp();
        Tensor sum = e.sum(true, -1);
        Tensor weights = e.div(sum.onesLike().where(nothing, sum));
        return new Tensor[] {weights, top.add(sum.log()).squeeze(-1)};
    }
}
