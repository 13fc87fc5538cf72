package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;

/** The checks that many operations share, with the sentences they fail with. */
public final class Laws {
    private Laws() {}

    /** Two operands of equal shape, dtype and device. */
    public static void requireSame(Op op, Spec left, Spec right) {
        if (left.dtype() != right.dtype()) {
            throw new DTypeException(
                    op.title(),
                    "dtypes " + left.dtype() + " on the left and " + right.dtype() + " on the right differ; convert one"
                            + " with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        if (!left.shape().equals(right.shape())) {
            throw new ShapeException(
                    op.title(),
                    "shapes " + left.shape() + " on the left and " + right.shape() + " on the right differ",
                    Fault.SHAPE_MISMATCH);
        }
        requireDevice(op, left, right);
    }

    public static void requireDevice(Op op, Spec left, Spec right) {
        if (!left.device().equals(right.device())) {
            throw new DeviceException(
                    op.title(),
                    "the operands are on " + left.device() + " and " + right.device() + "; move one with to(device)",
                    Fault.DEVICE_MISMATCH);
        }
    }

    public static void requireFloating(Op op, Spec x) {
        if (!x.dtype().isDifferentiable()) {
            throw new DTypeException(
                    op.title(),
                    "needs a floating or complex dtype, not " + x.dtype() + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
    }

    public static void requireReal(Op op, Spec x) {
        if (x.dtype().isComplex()) {
            throw new DTypeException(op.title(), "is not defined for " + x.dtype(), Fault.BAD_DTYPE);
        }
    }

    public static void requireDtype(Op op, String argument, Spec x, DType dtype) {
        if (x.dtype() != dtype) {
            throw new DTypeException(
                    op.title(), argument + " must be " + dtype + ", not " + x.dtype(), Fault.BAD_DTYPE);
        }
    }

    public static void requireRank(Op op, String argument, Spec x, int rank) {
        if (x.shape().rank() != rank) {
            throw new ShapeException(
                    op.title(),
                    argument + " must have " + rank + " axes, its shape is " + x.shape(),
                    Fault.SHAPE_MISMATCH);
        }
    }

    /** An axis counted from 0 that exists; scalars have none. */
    public static void requireAxis(Op op, Spec x, int axis) {
        if (axis < 0 || axis >= x.shape().rank()) {
            throw new ShapeException(
                    op.title(), "axis " + axis + " is out of range for shape " + x.shape(), Fault.BAD_AXIS);
        }
    }

    /** A floating dtype; complex ones have no order, mean or gradient here. */
    public static void requireRealFloating(Op op, String argument, Spec x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(
                    op.title(),
                    argument + " must be floating, not " + x.dtype() + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
    }

    public static void requireShape(Op op, String argument, Spec x, Shape shape) {
        if (!x.shape().equals(shape)) {
            throw new ShapeException(
                    op.title(), argument + " must have shape " + shape + ", not " + x.shape(), Fault.SHAPE_MISMATCH);
        }
    }

    /** A second argument of the first one's dtype and device. */
    public static void requireLike(Op op, String argument, Spec x, Spec like) {
        if (x.dtype() != like.dtype()) {
            throw new DTypeException(
                    op.title(),
                    argument + " is " + x.dtype() + " and the input " + like.dtype() + "; convert one with to(dtype)",
                    Fault.DTYPE_MISMATCH);
        }
        requireDevice(op, like, x);
    }

    /** Weights and statistics: of the input's dtype, or F32 beside a half-precision input. */
    public static void requireParameter(Op op, String argument, Spec x, Spec like) {
        if (!(like.dtype().isHalf() && x.dtype() == DType.F32)) {
            requireLike(op, argument, x, like);
        }
        requireDevice(op, like, x);
    }

    /** The error of every backend for an index that lies outside its axis. */
    public static IndexException outside(String operation, long index, long size) {
        return new IndexException(
                operation, "index " + index + " is out of range for an axis of size " + size, Fault.INDEX_RANGE);
    }
}
