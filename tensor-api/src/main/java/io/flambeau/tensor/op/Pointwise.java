package io.flambeau.tensor.op;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;

/**
 * An elementwise function outside the primitive families, given by one scalar definition for each computing type and
 * one C expression: every special function, atan2, shifts, copysign, nextafter. Open to everyone.
 *
 * <p>Inputs have equal shapes. F16 and BF16 are computed by the F32 definition, F32 by default by the F64 one.
 */
public non-sealed interface Pointwise extends Op {
    @Override
    default boolean isElementwise() {
        return true;
    }

    /** The number of inputs, 1 to 3. */
    int arity();

    /** Whether the function is defined for inputs whose first has this dtype; by default for floating ones. */
    default boolean isDefined(DType dtype) {
        return dtype.isFloating();
    }

    /** The dtype of the result for these inputs' dtypes; by default that of the first. */
    default DType result(DType[] in) {
        return in[0];
    }

    /** The definition in double precision; unused operands are 0. */
    default double apply(double a, double b, double c) {
        throw new DTypeException(title(), "is not defined for floating dtypes", Fault.BAD_DTYPE);
    }

    /** The definition in single precision. */
    default float apply(float a, float b, float c) {
        return (float) apply((double) a, b, c);
    }

    /** The definition on integers and booleans, in 64 bits; the result is narrowed. */
    default long apply(long a, long b, long c) {
        throw new DTypeException(title(), "is not defined for integer dtypes", Fault.BAD_DTYPE);
    }

    /** The definition on complex numbers. */
    default Complex apply(Complex a, Complex b, Complex c) {
        throw new DTypeException(title(), "is not defined for complex dtypes", Fault.BAD_DTYPE);
    }

    /** Where the result of floating inputs is BOOL: whether it is true. Other integer results are those of apply. */
    default boolean test(double a, double b, double c) {
        return apply(a, b, c) != 0;
    }

    /**
     * The function as a C expression of a, b and c, or empty where only the host has it.
     *
     * <p>Operands and result are of the computing type: {@code i64} for BOOL and integers, {@code R} (float or double) for
     * floating dtypes. The functions of C's {@code math.h} are there, overloaded by
     * type, with {@code MAX_OF}, {@code MIN_OF}, {@code GCD}, {@code NAN_R} and {@code INFINITY_R}. Constants are written
     * {@code (R)0.5}; {@code W} is the widest real type of the device.
     */
    default String c() {
        return "";
    }

    /**
     * The function of complex operands as a C expression, or empty where only the host has it: a, b and c and the result
     * are of type {@code ZW}, two numbers of type W, for which {@code complex.h} has functions.
     */
    default String complexC() {
        return "";
    }

    /**
     * C functions and tables that the expressions call, each {@code INLINE} or a {@code CONSTANT_ARRAY}, in the words of the
     * backends' dialect; empty where C's own do.
     */
    default String functions() {
        return "";
    }

    /** A number as a C constant of type R. */
    static String number(double value) {
        return Double.isNaN(value)
                ? "NAN_R"
                : Double.isInfinite(value) ? (value > 0 ? "INFINITY_R" : "-INFINITY_R") : "(R)" + value;
    }

    @Override
    default Spec[] infer(Spec[] in) {
        if (!isDefined(in[0].dtype())) {
            throw new DTypeException(
                    title(), "is not defined for " + in[0].dtype() + "; convert with to(dtype)", Fault.BAD_DTYPE);
        }
        DType[] dtypes = new DType[in.length];
        for (int i = 0; i < in.length; i++) {
            dtypes[i] = in[i].dtype();
            if (!in[i].shape().equals(in[0].shape())) {
                throw new ShapeException(
                        title(),
                        "operand " + i + " has shape " + in[i].shape() + ", the first has " + in[0].shape(),
                        Fault.SHAPE_MISMATCH);
            }
        }
        return new Spec[] {in[0].with(result(dtypes))};
    }
}
