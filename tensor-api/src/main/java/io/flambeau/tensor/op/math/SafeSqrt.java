package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;

/** The square root whose gradient at 0 is 0: what norms and standard deviations end with. */
public enum SafeSqrt implements Derived.WithGradient {
    SAFE_SQRT;

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[0]);
        return new Spec[] {in[0]};
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        return new Tensor[] {in[0].sqrt()};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(out[0]).of((g, s) -> {
            Tensor slope = g.div(s[0].mul(2).conj());
            return slope.zerosLike().where(s[0].eq(0), slope);
        });
    }
}
