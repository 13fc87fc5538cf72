package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import org.jspecify.annotations.Nullable;

/**
 * Values moved to the nearest of an interval; NaN stays, the upper bound wins over the lower, and on the bounds the
 * gradient passes, as in PyTorch.
 *
 * @param min the lower bound, or null
 * @param max the upper bound, or null
 */
public record Clamp(@Nullable Scalar min, @Nullable Scalar max) implements Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        return new Spec[] {in[0]};
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor x = in[0];
        if (min != null) {
            x = x.fullLike(min).where(x.lt(min), x);
        }
        if (max != null) {
            x = x.fullLike(max).where(x.gt(max), x);
        }
        return new Tensor[] {x};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> {
            Tensor passed = g;
            if (min != null) {
                passed = passed.zerosLike().where(s[0].lt(min), passed);
            }
            if (max != null) {
                passed = passed.zerosLike().where(s[0].gt(max), passed);
            }
            return passed;
        });
    }
}
