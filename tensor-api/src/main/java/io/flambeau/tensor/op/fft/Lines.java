package io.flambeau.tensor.op.fft;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.Op;

/** An array seen as [outer][n][inner] around one axis. */
record Lines(int outer, int n, int inner) {
    static Lines of(Shape shape, int axis) {
        return new Lines(
                Math.toIntExact(shape.range(0, axis).count()),
                Math.toIntExact(shape.size(axis)),
                Math.toIntExact(shape.range(axis + 1, shape.rank()).count()));
    }

    static void require(Op op, boolean right, String what, DType dtype) {
        if (!right || dtype.isHalf()) {
            throw new DTypeException(op.title(), "needs " + what + ", not " + dtype, Fault.BAD_DTYPE);
        }
    }
}
