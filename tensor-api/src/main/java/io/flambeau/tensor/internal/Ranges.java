package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Tensors of numbers at equal distances, and of the places in a triangle. */
public final class Ranges {
    private Ranges() {}

    /** See {@link Tensors#linspace}: computed in F64 from both ends, so that the last number is exact. */
    public static Tensor linspace(Scalar start, Scalar end, long steps, DType dtype) {
        return points("linspace", rounded(start, dtype), rounded(end, dtype), steps)
                .to(dtype);
    }

    /** See {@link Tensors#logspace}. */
    public static Tensor logspace(Scalar start, Scalar end, long steps, double base, DType dtype) {
        return points("logspace", rounded(start, dtype), rounded(end, dtype), steps)
                .rpow(Scalar.of(base))
                .to(dtype);
    }

    /** The number as the dtype holds it. */
    private static Scalar rounded(Scalar value, DType dtype) {
        boolean exact = dtype == DType.F64 || dtype == DType.C128 || dtype == DType.C64;
        return exact ? value : Tensors.full(value).to(dtype).itemScalar();
    }

    private static Tensor points(String operation, Scalar start, Scalar end, long steps) {
        if (steps < 0) {
            throw new ArgumentException(
                    operation, "the number of steps is " + steps + "; it must not be negative", Fault.BAD_ARGUMENT);
        }
        DType real = Backends.widest(Tensors.defaultDevice());
        DType dtype = start.im() != 0 || end.im() != 0 ? real.toComplex() : real;
        Tensor i = Tensors.arange(Scalar.ZERO, Scalar.of(steps), Scalar.ONE, real);
        if (steps == 1) {
            return i.to(dtype).add(start);
        }
        Scalar step = dtype.isComplex()
                ? Scalar.of(end.complex().minus(start.complex()).times(1.0 / (steps - 1)))
                : Scalar.of((end.re() - start.re()) / (steps - 1));
        Tensor fromStart = i.mul(step).add(start);
        Tensor fromEnd = i.rsub(steps - 1).mul(step).rsub(end);
        return fromStart.where(i.lt((double) steps / 2), fromEnd);
    }

    /** The places of a triangle, as a tensor of two rows. */
    public static Tensor triangle(String operation, long rows, long columns, long offset, boolean upper) {
        if (rows < 0 || columns < 0) {
            throw new ArgumentException(
                    operation,
                    "the matrix has " + rows + " rows and " + columns + " columns; neither may be negative",
                    Fault.BAD_ARGUMENT);
        }
        Tensor all = Tensors.ones(DType.BOOL, rows, columns);
        return (upper ? all.triu(offset) : all.tril(offset)).nonzero().t().contiguous();
    }
}
