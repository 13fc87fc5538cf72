package io.flambeau.tensor.op;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;

/** The longer gradients of {@link Scatter}; saved are base, index, source and, for extrema, the result. */
final class ScatterGradients {
    private ScatterGradients() {}

    /** A gradient of the index's shape, placed at the origin of zeros of the source's shape. */
    static Tensor placed(Tensor g, Shape source) {
        Tensor placed = g;
        for (int i = 0; i < source.rank(); i++) {
            long missing = source.size(i) - g.size(i);
            if (missing > 0) {
                placed = placed.cat(i, placed.newZeros(placed.shape().with(i, missing)));
            }
        }
        return placed;
    }

    static Tensor corner(Tensor source, Shape index) {
        Tensor corner = source;
        for (int i = 0; i < index.rank(); i++) {
            corner = corner.narrow(i, 0, index.size(i));
        }
        return corner;
    }

    /**
     * The product's gradient for the source, exact where one factor is zero: the product of a place without its zeros,
     * divided by the factor, and only the zero itself feels anything where there is exactly one.
     */
    static Tensor product(Tensor g, int axis, Tensor[] s) {
        Tensor source = corner(s[2], s[1].shape());
        Tensor zero = source.eq(0);
        Tensor one = source.onesLike();
        Tensor nonzero = one.where(zero, source);
        Tensor baseZero = s[0].eq(0);
        Tensor count = baseZero.to(g.dtype()).scatterAdd(axis, s[1], zero.to(g.dtype()));
        Tensor safe = s[0].onesLike().where(baseZero, s[0]);
        Tensor rest = safe.scatterReduce(axis, s[1], nonzero, "prod", true);
        Tensor zeros = count.gather(axis, s[1]);
        Tensor others = zeros.sub(zero.to(g.dtype()));
        Tensor slope = rest.gather(axis, s[1]).div(nonzero);
        Tensor exact = slope.zerosLike().where(others.ne(0), slope);
        return placed(g.gather(axis, s[1]).mul(exact.conj()), s[2].shape());
    }

    /** The extremum's gradient, split evenly among all that reached it. */
    static Tensor extremum(Tensor g, int axis, Tensor[] s, boolean base) {
        Tensor source = corner(s[2], s[1].shape());
        Tensor baseHit = s[0].eq(s[3]).to(g.dtype());
        Tensor sourceHit = source.eq(s[3].gather(axis, s[1])).to(g.dtype());
        Tensor count = baseHit.scatterAdd(axis, s[1], sourceHit);
        Tensor share = g.div(count);
        return base ? share.mul(baseHit) : placed(share.gather(axis, s[1]).mul(sourceHit), s[2].shape());
    }
}
