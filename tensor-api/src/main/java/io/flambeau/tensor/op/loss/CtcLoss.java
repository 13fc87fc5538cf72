package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;

/**
 * The connectionist temporal classification loss (Graves, Fernández, Gomez and Schmidhuber, 2006): minus the logarithm
 * of the probability that T labels of which repeats and then blanks are dropped spell the target.
 *
 * <p>Inputs are log-probabilities [T, N, C], the targets (I64), [N, S] or all one after another, and the lengths of
 * inputs and targets [N] (I64). The result is [N]; infinity where the target cannot be spelled.
 *
 * @param blank the class of the blank
 */
public record CtcLoss(long blank) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        check(this, in, 0);
        return new Spec[] {in[0].with(Shape.of(in[0].shape().size(1)))};
    }

    static void check(Op op, Spec[] in, int first) {
        Spec logs = in[first];
        Laws.requireRealFloating(op, "logProbs", logs);
        Laws.requireRank(op, "logProbs", logs, 3);
        Shape n = Shape.of(logs.shape().size(1));
        Laws.requireShape(op, "inputLengths", in[first + 2], n);
        Laws.requireShape(op, "targetLengths", in[first + 3], n);
        for (int i = 1; i < 4; i++) {
            if (in[first + i].dtype() != DType.I64) {
                throw new DTypeException(
                        op.title(), "targets and lengths must be int64, not " + in[first + i].dtype(), Fault.BAD_DTYPE);
            }
        }
        Shape targets = in[first + 1].shape();
        if (targets.rank() != 1 && (targets.rank() != 2 || targets.size(0) != n.size(0))) {
            throw new ShapeException(
                    op.title(),
                    "the targets must be [N, S] or a vector, their shape is " + targets,
                    Fault.SHAPE_MISMATCH);
        }
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Alignment[] samples = Alignment.of(this, blank, in, 0);
        double[] losses = new double[samples.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = -samples[i].likelihood();
        }
        return new HostArray[] {HostArray.of(in[0].dtype(), Shape.of(losses.length), losses)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        CtcLossBackward backward = new CtcLossBackward(blank);
        return Pullback.saving(in[0], in[1], in[2], in[3]).joint((g, s, needs) -> {
            Tensor[] gradients = new Tensor[needs.length];
            gradients[0] = Tensor.bind(backward, g[0], s[0], s[1], s[2], s[3]);
            return gradients;
        });
    }
}
