package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** Takes the second operand where the first, a BOOL condition, holds, else the third. */
public enum Where implements Primitive {
    WHERE;

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireDtype(this, "the condition", in[0], DType.BOOL);
        Laws.requireSame(this, in[1], in[2]);
        Laws.requireSame(this, in[0].with(in[1].dtype()), in[1]);
        return new Spec[] {in[1]};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0])
                .of(
                        null,
                        (g, s) -> g.where(s[0], g.zerosLike()),
                        (g, s) -> g.zerosLike().where(s[0], g));
    }
}
