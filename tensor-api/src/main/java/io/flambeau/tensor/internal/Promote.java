package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.ScalarCompare;
import io.flambeau.tensor.op.Where;

/**
 * Promotion and broadcasting, done once and before the door, as explicit Cast and Expand: kernels and gradients see
 * equal dtypes and shapes.
 *
 * <p>Note [Who decides the dtype]: among operands of the highest category, tensors with axes win over scalar tensors
 * (rank 0), and those over Java numbers; the others only take part by their category.
 */
public final class Promote {
    private Promote() {}

    /** The dtype of an operation between tensors. */
    public static DType dtype(Tensor... tensors) {
        DType full = null;
        DType zero = null;
        for (Tensor t : tensors) {
            if (t.rank() > 0) {
                full = full == null ? t.dtype() : DType.promote(full, t.dtype());
            } else {
                zero = zero == null ? t.dtype() : DType.promote(zero, t.dtype());
            }
        }
        return full == null ? zero : zero == null ? full : weaker(full, zero);
    }

    /** The dtype of a tensor's dtype with a weaker operand, that takes part by its category alone. */
    private static DType weaker(DType strong, DType weak) {
        if (weak.category().compareTo(strong.category()) <= 0) {
            return strong;
        }
        // A complex scalar makes a floating tensor complex in its own precision.
        return weak.isComplex() && strong.isFloating() ? strong.toComplex() : weak;
    }

    /** The dtype of an operation between a tensor and a Java number. */
    public static DType dtype(Tensor x, Scalar s) {
        return s.category().compareTo(x.dtype().category()) <= 0
                ? x.dtype()
                : weaker(x.dtype(), s.dtype(Dispatch.defaultFloat()));
    }

    /** The floating (or complex) dtype in which a function of this dtype is computed. */
    public static DType floating(DType dtype) {
        return dtype.isDifferentiable() ? dtype : Dispatch.defaultFloat();
    }

    public static Tensor binary(Binary op, Tensor x, Tensor y) {
        DType dtype = dtype(x, y);
        if (op == Binary.DIV) {
            dtype = floating(dtype);
        }
        return same(op, x.to(dtype), y.to(dtype));
    }

    public static Tensor binary(Binary op, Tensor x, Scalar y, boolean left) {
        DType dtype = dtype(x, y);
        if (op == Binary.DIV) {
            dtype = floating(dtype);
        }
        return Dispatch.one(new ScalarBinary(op, y, left), x.to(dtype));
    }

    public static Tensor compare(Compare op, Tensor x, Tensor y) {
        DType dtype = dtype(x, y);
        return same(op, x.to(dtype), y.to(dtype));
    }

    public static Tensor compare(Compare op, Tensor x, Scalar y) {
        return Dispatch.one(new ScalarCompare(op, y), x.to(dtype(x, y)));
    }

    public static Tensor where(Tensor condition, Tensor x, Tensor y) {
        DType dtype = dtype(x, y);
        Tensor a = hosted(x, condition).to(dtype);
        Tensor b = hosted(y, condition).to(dtype);
        Shape shape = Shape.broadcast("where", Shape.broadcast("where", condition.shape(), a.shape()), b.shape());
        return Dispatch.one(Where.WHERE, condition.expand(shape), a.expand(shape), b.expand(shape));
    }

    /** Any elementwise operation, its operands promoted to one dtype and broadcast to one shape. */
    public static Tensor pointwise(Op op, Tensor... in) {
        return pointwise(op, dtype(in), in);
    }

    /** As {@link #pointwise(Op, Tensor...)}, in a given dtype. */
    public static Tensor pointwise(Op op, DType dtype, Tensor... in) {
        Shape shape = in[0].shape();
        for (int i = 1; i < in.length; i++) {
            shape = Shape.broadcast(op.title(), shape, in[i].shape());
        }
        Tensor[] same = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            same[i] = in[i].to(dtype).expand(shape);
        }
        return Dispatch.one(op, same);
    }

    /** Broadcasts and binds; a scalar tensor of another device is brought along. */
    private static Tensor same(Op op, Tensor x, Tensor y) {
        Tensor a = hosted(x, y);
        Tensor b = hosted(y, x);
        Shape left = a.shape();
        Shape right = b.shape();
        if (!left.equals(right)) {
            Shape shape = Shape.broadcast(op.title(), left, right);
            a = a.expand(shape);
            b = b.expand(shape);
        }
        return Dispatch.one(op, a, b);
    }

    private static Tensor hosted(Tensor x, Tensor other) {
        return x.rank() == 0 && other.rank() > 0 && !x.device().equals(other.device()) ? x.to(other.device()) : x;
    }
}
