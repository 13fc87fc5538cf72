package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.ScalarCompare;
import io.flambeau.tensor.op.Where;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        return full == null ? Objects.requireNonNull(zero) : zero == null ? full : weaker(full, zero);
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

    /** x ± alpha y in the promoted dtype; the product is rounded, as in PyTorch. */
    public static Tensor scaled(Tensor x, Tensor y, Scalar alpha, String operation) {
        DType dtype = dtype(x, y);
        boolean truth = dtype == DType.BOOL && alpha.category() == DType.Category.INTEGRAL;
        if (!truth && alpha.category().compareTo(dtype.category()) > 0) {
            throw new ArgumentException(
                    operation, "alpha is " + alpha + ", which " + dtype + " cannot hold", Fault.BAD_ARGUMENT);
        }
        boolean minus = operation.equals("sub");
        if (minus && dtype == DType.BOOL) {
            return x.sub(y);
        }
        Tensor term = times(y.to(dtype), alpha, dtype);
        return minus ? x.to(dtype).sub(term) : x.to(dtype).add(term);
    }

    /** alpha y for a sum of the given dtype: a multiple of a truth is a truth. */
    public static Tensor times(Tensor y, Scalar alpha, DType sum) {
        if (alpha.equals(Scalar.ONE)) {
            return y;
        }
        return sum == DType.BOOL ? y.mul(alpha).to(DType.BOOL) : y.mul(alpha);
    }

    /** An elementwise composition whose operands are promoted to one dtype, rounded once. */
    public static Tensor fused(String operation, Function<Tensor[], Tensor> body, Tensor... in) {
        DType dtype = dtype(in);
        Shape shape = in[0].shape();
        Tensor[] same = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            shape = Shape.broadcast(operation, shape, in[i].shape());
            same[i] = in[i].to(dtype);
        }
        return Wide.once(same, body);
    }

    /** A floating tensor with the sign of a number. */
    public static Tensor copysign(Tensor x, double sign) {
        Tensor real = x.to(floating(x.dtype()));
        return real.copysign(Tensors.full(new Spec(Shape.SCALAR, real.dtype(), x.device()), Scalar.of(sign)));
    }

    /** The tensor moved into bounds that are tensors, or null. */
    public static Tensor clamp(Tensor x, @Nullable Tensor min, @Nullable Tensor max) {
        if (min == null && max == null) {
            throw new ArgumentException("clamp", "needs min, max or both; both are null", Fault.BAD_ARGUMENT);
        }
        DType dtype =
                min == null ? dtype(x, Objects.requireNonNull(max)) : max == null ? dtype(x, min) : dtype(x, min, max);
        if (dtype.isComplex()) {
            throw new DTypeException("clamp", "is not defined for " + dtype, Fault.BAD_DTYPE);
        }
        Tensor y = x.to(dtype);
        Tensor low = min == null ? null : min.to(dtype);
        Tensor high = max == null ? null : max.to(dtype);
        if (low != null) {
            y = raised(y, high == null ? low : apart(low, high));
        }
        if (high != null) {
            y = lowered(y, high);
        }
        return y;
    }

    /** The lower bound, a constant where it does not lie below the upper one: there it has no gradient, as in PyTorch. */
    private static Tensor apart(Tensor min, Tensor max) {
        return min.requiresGrad() ? min.where(min.lt(max), min.detach()) : min;
    }

    private static Tensor raised(Tensor x, Tensor min) {
        return min.where(x.lt(min).logicalOr(min.isnan()), x);
    }

    private static Tensor lowered(Tensor x, Tensor max) {
        return max.where(x.gt(max).logicalOr(max.isnan()), x);
    }
}
