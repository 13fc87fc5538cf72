package io.flambeau.tensor;

/** The methods of a tensor that make new tensors of its shape, dtype or device. */
public sealed interface Likeness permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    default Tensor zerosLike() {
        return fullLike(Scalar.ZERO);
    }

    default Tensor onesLike() {
        return fullLike(Scalar.ONE);
    }

    /** A new tensor of this one's spec with one value everywhere. */
    default Tensor fullLike(Scalar value) {
        return Tensors.full(self().spec(), value);
    }

    /** As {@link #fullLike(Scalar)}, in another dtype. */
    default Tensor fullLike(Scalar value, DType dtype) {
        return Tensors.full(self().spec().with(dtype), value);
    }

    default Tensor zerosLike(DType dtype) {
        return fullLike(Scalar.ZERO, dtype);
    }

    default Tensor onesLike(DType dtype) {
        return fullLike(Scalar.ONE, dtype);
    }

    /** Zeros of this tensor's dtype and device. */
    default Tensor newZeros(Shape shape) {
        return Tensors.full(self().spec().with(shape), Scalar.ZERO);
    }

    /** A new tensor of this one's dtype and device with one value everywhere. */
    default Tensor newFull(Shape shape, Scalar value) {
        return Tensors.full(self().spec().with(shape), value);
    }

    /** A new tensor of this one's device with one value everywhere. */
    default Tensor newFull(Shape shape, Scalar value, DType dtype) {
        return Tensors.full(self().spec().with(shape).with(dtype), value);
    }

    /** Ones of this tensor's dtype and device. */
    default Tensor newOnes(Shape shape) {
        return newFull(shape, Scalar.ONE);
    }

    /** A tensor of this one's dtype and device whose elements are not yet set. */
    default Tensor newEmpty(Shape shape) {
        return Tensors.empty(self().spec().with(shape));
    }

    /** A tensor of this one's spec whose elements are not yet set. */
    default Tensor emptyLike() {
        return Tensors.empty(self().spec());
    }

    /** Uniform numbers in [0, 1) of this tensor's spec. */
    default Tensor randLike() {
        return Tensors.rand(Generator.standard(), self().spec());
    }

    /** Normal numbers of this tensor's spec. */
    default Tensor randnLike() {
        return Tensors.randn(Generator.standard(), self().spec());
    }
}
