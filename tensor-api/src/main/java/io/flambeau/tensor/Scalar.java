package io.flambeau.tensor;

/**
 * An immediate operand: a Java number that takes part in an operation without becoming a tensor. Its category takes
 * part in promotion, its width does not, as with Python numbers in PyTorch.
 *
 * @param category whether it was written as a boolean, an integer, a real or a complex number
 * @param integer the value of a boolean or an integer
 * @param re the value as a real number, or its real part
 * @param im the imaginary part
 */
public record Scalar(DType.Category category, long integer, double re, double im) {
    public static final Scalar ZERO = of(0L);
    public static final Scalar ONE = of(1L);

    public static Scalar of(long value) {
        return new Scalar(DType.Category.INTEGRAL, value, value, 0);
    }

    public static Scalar of(double value) {
        return new Scalar(DType.Category.FLOATING, (long) value, value, 0);
    }

    public static Scalar of(boolean value) {
        return new Scalar(DType.Category.BOOL, value ? 1 : 0, value ? 1 : 0, 0);
    }

    public static Scalar of(Complex value) {
        return new Scalar(DType.Category.COMPLEX, (long) value.re(), value.re(), value.im());
    }

    /** The product, in the higher category of both. */
    public Scalar times(Scalar other) {
        return switch (category.compareTo(other.category) >= 0 ? category : other.category) {
            case BOOL -> of(integer != 0 && other.integer != 0);
            case INTEGRAL -> of(integer * other.integer);
            case FLOATING -> of(re * other.re);
            case COMPLEX -> of(complex().times(other.complex()));
        };
    }

    public Complex complex() {
        return new Complex(re, im);
    }

    /** The dtype that a tensor made of this scalar alone would have, given the default floating dtype. */
    public DType dtype(DType defaultFloat) {
        return switch (category) {
            case BOOL -> DType.BOOL;
            case INTEGRAL -> DType.I64;
            case FLOATING -> defaultFloat;
            case COMPLEX -> defaultFloat.toComplex();
        };
    }

    @Override
    public String toString() {
        return switch (category) {
            case BOOL -> Boolean.toString(integer != 0);
            case INTEGRAL -> Long.toString(integer);
            case FLOATING -> Double.toString(re);
            case COMPLEX -> complex().toString();
        };
    }
}
