package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/**
 * The p-norm of elements along axes, kept with size 1: the number that are not zero for p = 0, the largest or smallest
 * modulus for p = ±inf, else (sum |x|^p)^(1/p). The result is real. The half types are computed in F32.
 *
 * @param p the order
 * @param axes the axes, counted from 0
 */
public record VectorNorm(double p, Axes axes) implements Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[0]);
        Shape shape = in[0].shape();
        boolean empty = false;
        for (int i = 0; i < axes.count(); i++) {
            empty |= shape.size(axes.axis(i)) == 0;
            shape = shape.with(axes.axis(i), 1);
        }
        if (empty && (p < 0 || p == Double.POSITIVE_INFINITY) && shape.count() > 0) {
            throw new ShapeException(
                    title(),
                    "order " + p + " has no value for no elements; the shape is " + in[0].shape(),
                    Fault.EMPTY_REDUCTION);
        }
        return new Spec[] {in[0].with(shape).with(in[0].dtype().toReal())};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        DType dtype = in[0].dtype();
        Tensor x = dtype.isHalf() ? in[0].to(DType.F32) : in[0];
        int[] over = axes.toInts();
        Tensor result;
        if (over.length == 0) {
            result = p == 0 ? x.ne(0).to(x.dtype().toReal()) : x.abs();
        } else if (p == 0) {
            result = x.ne(0).to(x.dtype().toReal()).sum(true, over);
        } else if (p == 1) {
            result = x.abs().sum(true, over);
        } else if (p == 2) {
            Tensor squares = x.dtype().isComplex() ? x.viewAsReal().square().sum(-1) : x.square();
            result = squares.sum(true, over).sqrt();
        } else if (p == Double.POSITIVE_INFINITY) {
            result = x.abs().amax(true, over);
        } else if (p == Double.NEGATIVE_INFINITY) {
            result = x.abs().amin(true, over);
        } else {
            result = x.abs().pow(p).sum(true, over).pow(1 / p);
        }
        return new Tensor[] {result.to(dtype.toReal())};
    }

    /** Subgradients as in PyTorch: 0 where the norm is 0, and ties at ±inf share evenly. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], out[0]).of((g, s) -> gradient(g, s[0], s[1]));
    }

    private Tensor gradient(Tensor g, Tensor x, Tensor norm) {
        if (p == 0) {
            return x.zerosLike();
        }
        if (p == 1) {
            return x.sgn().mul(g);
        }
        if (p == 2) {
            return x.mul(unlessZero(norm, g.div(norm)));
        }
        if (Double.isInfinite(p)) {
            Tensor chosen = x.abs()
                    .eq(norm)
                    .logicalOr(x.isnan().logicalAnd(norm.isnan()))
                    .to(norm.dtype());
            Tensor share = axes.count() == 0 ? chosen : chosen.div(chosen.sum(true, axes.toInts()));
            return x.sgn().mul(share.mul(g));
        }
        if (p < 1) {
            return x.sgn().mul(unlessZero(x, x.abs().pow(p - 1))).mul(g.mul(norm.pow(1 - p)));
        }
        Tensor scale = unlessZero(norm, g.div(norm.pow(p - 1)));
        return p < 2
                ? x.sgn().mul(x.abs().pow(p - 1)).mul(scale)
                : x.mul(x.abs().pow(p - 2)).mul(scale);
    }

    private static Tensor unlessZero(Tensor tested, Tensor value) {
        return value.newZeros(Shape.SCALAR).where(tested.eq(0), value);
    }
}
