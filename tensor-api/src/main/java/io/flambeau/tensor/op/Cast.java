package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The same values in another dtype: floats to integers truncate toward zero, complex to real drop the imaginary part. */
public record Cast(DType to) implements Primitive {
    @Override
    public String title() {
        return "to";
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {in[0].with(to)};
    }

    @Override
    public @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        DType from = in[0].dtype();
        return from.isDifferentiable() && to.isDifferentiable() ? Pullback.of((g, s) -> g.to(from)) : null;
    }
}
