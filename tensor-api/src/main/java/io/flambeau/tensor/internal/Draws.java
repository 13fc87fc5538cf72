package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Random;

/** Distributions other than the uniform and the standard normal one, made of those. */
public final class Draws {
    private Draws() {}

    /** Integers from low to before high, equally likely up to (high - low) / 2^63. */
    public static Tensor integers(Generator generator, long low, long high, Spec spec) {
        if (low >= high) {
            throw new ArgumentException(
                    "randint", "low is " + low + " and high is " + high + "; low must be less", Fault.BAD_ARGUMENT);
        }
        Tensor bits = bits(generator, spec.with(DType.I64));
        Tensor drawn = bits.bitwiseAnd(Scalar.of(Long.MAX_VALUE)).remainder(Scalar.of(high - low));
        return drawn.add(Scalar.of(low)).to(spec.dtype());
    }

    /** The next random bits of a stream. */
    public static Tensor bits(Generator generator, Spec spec) {
        Generator.State state = generator.take(new Random(spec, 0, 0).blocks());
        return Dispatch.one(new Random(spec, state.seed(), state.offset()), generator.inputs());
    }

    /** The integers below n in random order: the order of n random keys. */
    public static Tensor permutation(Generator generator, long n) {
        Spec spec = new Spec(Shape.of(n), DType.I64, Dispatch.defaultDevice());
        return bits(generator, spec).argsort();
    }

    /** Ones with the probabilities given, zeros else, in the probabilities' dtype. */
    public static Tensor bernoulli(Generator generator, Tensor p) {
        double low = p.count() == 0 ? 0 : p.detach().amin().item();
        double high = p.count() == 0 ? 0 : p.detach().amax().item();
        if (!(low >= 0 && high <= 1)) {
            throw new ArgumentException(
                    "bernoulli",
                    "probabilities go from " + low + " to " + high + "; they must lie in [0, 1]",
                    Fault.BAD_ARGUMENT);
        }
        DType wide = Backends.widest(p.device());
        return Tensors.rand(generator, p.spec().with(wide))
                .lt(p.detach().to(wide))
                .to(p.dtype());
    }

    /** Exponential numbers of rate 1, never 0 and never infinite. */
    public static Tensor exponential(Generator generator, Spec spec) {
        Spec wide = spec.dtype() == DType.F64 ? spec : spec.with(DType.F32);
        Tensor uniform = Tensors.rand(generator, wide);
        return uniform.rsub(1).log().neg().clampMin(Scalar.of(wide.dtype().tiny()));
    }

    /** Places (I64) drawn with probabilities in proportion to the weights along the last axis. */
    public static Tensor multinomial(Generator generator, Tensor weights, long count, boolean replacement) {
        if (weights.rank() < 1 || weights.rank() > 2 || !weights.dtype().isFloating()) {
            throw new ShapeException(
                    "multinomial",
                    "needs a floating vector or matrix of weights, not " + weights.spec(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensor w = weights.detach().to(Backends.widest(weights.device()));
        boolean valid = w.isfinite().logicalAnd(w.ge(0)).all().itemBoolean()
                && w.sum(-1).gt(0).all().itemBoolean();
        if (!valid) {
            throw new ArgumentException(
                    "multinomial", "weights must be finite, not negative, and not all 0 in a row", Fault.BAD_ARGUMENT);
        }
        if (replacement) {
            Tensor cumulated = w.cumsum(-1);
            Tensor total = cumulated.narrow(-1, w.size(-1) - 1, 1);
            Spec spec = w.spec().with(w.shape().with(w.rank() - 1, count));
            Tensor at = Tensors.rand(generator, spec).mul(total);
            return cumulated.searchsorted(at, true);
        }
        long possible = w.ne(Scalar.ZERO).sum(-1).amin().itemLong();
        if (count > possible) {
            throw new ArgumentException(
                    "multinomial",
                    count + " places without replacement need as many weights above 0, there are " + possible,
                    Fault.BAD_ARGUMENT);
        }
        // The smallest of exponential numbers divided by their weights come in the right order: Efraimidis and
        // Spirakis, Weighted random sampling with a reservoir, 2006.
        return w.div(exponential(generator, w.spec())).topk(count)[1];
    }
}
