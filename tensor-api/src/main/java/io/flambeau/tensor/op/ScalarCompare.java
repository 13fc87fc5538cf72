package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;

/** A comparison with an immediate operand on the right. */
public record ScalarCompare(Compare op, Scalar value) implements Primitive {
    @Override
    public String title() {
        return op.title();
    }

    @Override
    public Spec[] infer(Spec[] in) {
        op.check(in[0]);
        return new Spec[] {in[0].with(DType.BOOL)};
    }
}
