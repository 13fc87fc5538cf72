package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.Unary;

/**
 * The methods of a tensor that overwrite it, with PyTorch's trailing underscore; each returns the tensor.
 *
 * <p>The shape never changes, the dtype neither: a result of a higher category is refused. Under gradients the history
 * is rewritten; a leaf that requires grad may be written only inside {@link Tensors#noGrad}.
 */
public sealed interface InPlace permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor with(Binary op, Tensor other) {
        Tensor x = self();
        DType dtype = op == Binary.DIV ? Promote.floating(Promote.dtype(x, other)) : Promote.dtype(x, other);
        if (!other.shape().equals(x.shape()) && !Shape.broadcast(op.title() + "_", x.shape(), other.shape()).equals(x.shape())) {
            throw new ShapeException(
                    op.title() + "_",
                    "shape " + other.shape() + " would enlarge " + x.shape() + ", which an in-place operation cannot",
                    Fault.NO_BROADCAST);
        }
        Tensor y = other.rank() == 0 ? other.to(x.device()) : other;
        return Dispatch.into(x, op, x.to(dtype), y.to(dtype).expand(x.shape()));
    }

    private Tensor with(Binary op, Scalar other) {
        Tensor x = self();
        DType dtype = op == Binary.DIV ? Promote.floating(Promote.dtype(x, other)) : Promote.dtype(x, other);
        return Dispatch.into(x, new ScalarBinary(op, other, false), x.to(dtype));
    }

    private Tensor with(Unary op) {
        return Dispatch.into(self(), op, self());
    }

    /** Writes the result of any operation on this tensor (and others) over it. */
    default Tensor apply_(Op op, Tensor... in) {
        return Dispatch.into(self(), op, in);
    }

    /** Copies the values of another tensor, broadcast and converted. */
    default Tensor copy_(Tensor source) {
        return Dispatch.assign(self(), source);
    }

    default Tensor fill_(Scalar value) {
        Tensor x = self();
        return Dispatch.into(x, new Fill(x.spec(), value));
    }

    /** Writes the value of a tensor without axes everywhere. */
    default Tensor fill_(Tensor value) {
        if (value.rank() != 0) {
            throw new ShapeException(
                    "fill_", "the value must have no axes, its shape is " + value.shape(), Fault.SHAPE_MISMATCH);
        }
        return Dispatch.assign(self(), value);
    }

    default Tensor fill_(double value) {
        return fill_(Scalar.of(value));
    }

    default Tensor zero_() {
        return fill_(Scalar.ZERO);
    }

    default Tensor add_(Tensor other) {
        return with(Binary.ADD, other);
    }

    default Tensor add_(Tensor other, Scalar alpha) {
        return with(Binary.ADD, alpha.equals(Scalar.ONE) ? other : other.mul(alpha));
    }

    default Tensor add_(Scalar other) {
        return with(Binary.ADD, other);
    }

    default Tensor add_(double other) {
        return add_(Scalar.of(other));
    }

    default Tensor add_(long other) {
        return add_(Scalar.of(other));
    }

    default Tensor sub_(Tensor other) {
        return with(Binary.SUB, other);
    }

    default Tensor sub_(Scalar other) {
        return with(Binary.SUB, other);
    }

    default Tensor mul_(Tensor other) {
        return with(Binary.MUL, other);
    }

    default Tensor mul_(Scalar other) {
        return with(Binary.MUL, other);
    }

    default Tensor mul_(double other) {
        return mul_(Scalar.of(other));
    }

    default Tensor div_(Tensor other) {
        return with(Binary.DIV, other);
    }

    default Tensor div_(Scalar other) {
        return with(Binary.DIV, other);
    }

    default Tensor div_(double other) {
        return div_(Scalar.of(other));
    }

    default Tensor neg_() {
        return with(Unary.NEG);
    }

    default Tensor exp_() {
        return with(Unary.EXP);
    }

    default Tensor sqrt_() {
        return with(Unary.SQRT);
    }

    default Tensor relu_() {
        return with(Unary.RELU);
    }

    default Tensor sigmoid_() {
        return with(Unary.SIGMOID);
    }

    default Tensor tanh_() {
        return with(Unary.TANH);
    }
}
