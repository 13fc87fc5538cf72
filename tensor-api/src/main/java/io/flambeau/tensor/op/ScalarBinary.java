package io.flambeau.tensor.op;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A binary operation with an immediate operand, on the right unless {@code left}: {@code mul(0.1)} makes no tensor.
 *
 * @param op the operation
 * @param value the immediate operand, taken in the tensor's dtype: rounded, or wrapped, as in PyTorch
 * @param left whether the immediate operand stands on the left
 */
public record ScalarBinary(Binary op, Scalar value, boolean left) implements Primitive {
    @Override
    public String title() {
        return op.title();
    }

    @Override
    public boolean isElementwise() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        op.check(in[0]);
        return new Spec[] {in[0]};
    }

    @Override
    public @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        return op.scalarPullback(in[0], out[0], value, left);
    }
}
