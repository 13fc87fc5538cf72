package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.ScalarBinary;

/** What piecewise activations share. Slopes are PyTorch's, also at the joints and at NaN. */
final class Pieces {
    private Pieces() {}

    static Tensor atLeast(Tensor x, double bound) {
        return Tensor.bind(new ScalarBinary(Binary.MAXIMUM, number(x, bound), false), x);
    }

    static Tensor atMost(Tensor x, double bound) {
        return Tensor.bind(new ScalarBinary(Binary.MINIMUM, number(x, bound), false), x);
    }

    /** A number in the category of the tensor. */
    static Scalar number(Tensor x, double value) {
        return x.dtype().isFloating() ? Scalar.of(value) : Scalar.of((long) value);
    }

    /** 1 where the condition holds, else 0. */
    static Tensor mask(Tensor condition, Tensor like) {
        return condition.to(like.dtype());
    }

    /** Floating dtypes and integers, not BOOL. */
    static Spec[] requireReal(Op op, Spec x) {
        Laws.requireReal(op, x);
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(op.title(), "is not defined for bool; convert with to(dtype)", Fault.BAD_DTYPE);
        }
        return new Spec[] {x};
    }
}
