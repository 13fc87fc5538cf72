package io.flambeau.tensor.op.math;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/** How often each of 0, 1, … occurs in a vector of integers, or the sums of the weights beside them. */
public record Bincount(long minLength) implements HostOp {
    @Override
    public boolean dataDependent() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (!in[0].dtype().isIntegral()) {
            throw new DTypeException(title(), "needs integers, not " + in[0].dtype(), Fault.BAD_DTYPE);
        }
        if (in[0].shape().rank() != 1 || in.length > 1 && !in[1].shape().equals(in[0].shape())) {
            throw new ShapeException(
                    title(),
                    "needs a vector and weights of its shape, not " + in[0].shape()
                            + (in.length > 1 ? " and " + in[1].shape() : ""),
                    Fault.SHAPE_MISMATCH);
        }
        if (minLength < 0) {
            throw new ArgumentException(
                    title(), "minlength is " + minLength + "; it must not be negative", Fault.BAD_ARGUMENT);
        }
        return UNKNOWN;
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        long[] values = in[0].integers();
        long length = minLength;
        for (long value : values) {
            if (value < 0) {
                throw new ArgumentException(
                        title(), "the input holds " + value + "; it must not be negative", Fault.BAD_ARGUMENT);
            }
            length = Math.max(length, value + 1);
        }
        boolean weighted = in.length > 1;
        DType dtype = !weighted ? DType.I64 : in[1].dtype() == DType.F32 ? DType.F32 : DType.F64;
        HostArray out = HostArray.zeros(dtype, Shape.of(length));
        for (int i = 0; i < values.length; i++) {
            int at = (int) values[i];
            if (weighted) {
                out.reals()[at] += in[1].reals().length > 0 ? in[1].reals()[i] : in[1].integers()[i];
            } else {
                out.integers()[at]++;
            }
        }
        return new HostArray[] {out};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.refused(this, in.length);
    }
}
