package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * Targets that are class indices: what the negative log likelihood and the cross entropy share. Scores are [N, C, ...]
 * with targets [N, ...] (I64).
 *
 * @param valid which targets count
 * @param index the targets [N, 1, ...], 0 where they do not count
 * @param weight what each target weighs [N, ...], 0 where it does not count
 */
record ClassLoss(Tensor valid, Tensor index, Tensor weight) {
    static ClassLoss of(Tensor scores, Tensor target, @Nullable Tensor weights, long ignoreIndex) {
        Tensor valid = target.ne(ignoreIndex);
        Tensor safe = target.where(valid, target.zerosLike());
        Tensor unit = valid.to(scores.dtype());
        Tensor weight = weights == null
                ? unit
                : weights.detach()
                        .indexSelect(0, safe.reshape(-1))
                        .reshape(safe.shape())
                        .mul(unit);
        return new ClassLoss(valid, safe.unsqueeze(1), weight);
    }

    /** The score at each target, negated and weighted; 0 where it does not count. */
    Tensor losses(Tensor scores) {
        return kept(scores.gather(1, index).squeeze(1).neg().mul(weight));
    }

    /** Values [N, ...] with 0 where the target does not count, even of NaN. */
    Tensor kept(Tensor values) {
        return values.where(valid, values.zerosLike());
    }

    /** Losses reduced; the mean divides by the sum of the weights. */
    Tensor reduced(Tensor losses, Reduction reduction) {
        return switch (reduction) {
            case NONE -> losses;
            case SUM -> losses.sum();
            case MEAN -> losses.sum().div(weight.sum());
        };
    }

    /** The cotangent of each loss [N, ...] from that of the reduced one. */
    Tensor spread(Tensor g, Reduction reduction) {
        return switch (reduction) {
            case NONE -> g;
            case SUM -> g.expand(weight.shape());
            case MEAN -> g.div(weight.sum()).expand(weight.shape());
        };
    }

    /** Checks scores, targets and weights; gives the specs of the reduced loss and of one value for each target. */
    static Spec[] check(Op op, Spec[] in, boolean weighted, Reduction reduction) {
        Spec scores = in[0];
        Spec target = in[1];
        Laws.requireRealFloating(op, "the input", scores);
        Shape shape = scores.shape();
        if (shape.rank() < 2) {
            throw new ShapeException(
                    op.title(), "the input must be [N, C, ...], its shape is " + shape, Fault.SHAPE_MISMATCH);
        }
        if (target.dtype() != DType.I64) {
            throw new DTypeException(
                    op.title(), "the target must hold class indices as int64, not " + target.dtype(), Fault.BAD_DTYPE);
        }
        Laws.requireShape(op, "the target", target, shape.without(1));
        Laws.requireDevice(op, scores, target);
        if (weighted) {
            Laws.requireLike(op, "the weight", in[2], scores);
            Laws.requireShape(op, "the weight", in[2], Shape.of(shape.size(1)));
        }
        Spec each = scores.with(target.shape());
        return new Spec[] {reduction == Reduction.NONE ? each : scores.with(Shape.SCALAR), each};
    }
}
