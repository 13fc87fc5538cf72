package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * A loss that compares inputs of one shape element by element: first the predictions, then the targets, then weights
 * where there are.
 */
public interface PairLoss extends Fused {
    Reduction reduction();

    /** Whether it is defined for complex numbers. */
    default boolean takesComplex() {
        return false;
    }

    /** The loss of each element. */
    Tensor each(Tensor[] in);

    @Override
    default Spec[] infer(Spec[] in) {
        for (int i = 1; i < in.length; i++) {
            Laws.requireSame(this, in[0], in[i]);
        }
        if (!takesComplex()) {
            Laws.requireRealFloating(this, "the input", in[0]);
        }
        Laws.requireFloating(this, in[0]);
        Spec each = in[0].with(in[0].dtype().toReal());
        return new Spec[] {reduction() == Reduction.NONE ? each : each.with(Shape.SCALAR)};
    }

    @Override
    default Tensor[] define(Tensor[] in) {
        return new Tensor[] {reduction().apply(each(in))};
    }
}
