package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Unary;

/** The closed elementwise families: unary, binary, compare and where. */
final class Elementwise {
    private Elementwise() {}

    static void unary(Unary op, Elements x, Elements out) {
        boolean not = op == Unary.BITWISE_NOT && x.dtype() == DType.BOOL;
        for (long i = 0; i < out.count(); i++) {
            switch (x.dtype().category()) {
                case BOOL, INTEGRAL -> out.set(i, not ? 1 - x.integer(i) : op.apply(x.integer(i)));
                case FLOATING -> out.set(i, op.apply(x.real(i)));
                case COMPLEX -> out.set(i, op.apply(x.complex(i)));
            }
        }
    }

    static void binary(Binary op, Elements x, Elements y, Elements out) {
        for (long i = 0; i < out.count(); i++) {
            switch (x.dtype().category()) {
                case BOOL, INTEGRAL -> out.set(i, op.apply(x.integer(i), y.integer(i)));
                case FLOATING -> out.set(i, op.apply(x.real(i), y.real(i)));
                case COMPLEX -> out.set(i, op.apply(x.complex(i), y.complex(i)));
            }
        }
    }

    /** The immediate operand is rounded to the dtype first, as if it were a tensor. */
    static void binary(Binary op, Elements x, Scalar s, boolean left, Elements out) {
        long integer = Elements.wrapped(x.dtype(), s.integer());
        double real = Elements.rounded(x.dtype(), s.re());
        Complex complex = new Complex(real, Elements.rounded(x.dtype(), s.im()));
        for (long i = 0; i < out.count(); i++) {
            switch (x.dtype().category()) {
                case BOOL, INTEGRAL -> {
                    long a = x.integer(i);
                    out.set(i, left ? op.apply(integer, a) : op.apply(a, integer));
                }
                case FLOATING -> out.set(i, left ? op.apply(real, x.real(i)) : op.apply(x.real(i), real));
                case COMPLEX -> out.set(i, left ? op.apply(complex, x.complex(i)) : op.apply(x.complex(i), complex));
            }
        }
    }

    static void compare(Compare op, Elements x, Elements y, Elements out) {
        for (long i = 0; i < out.count(); i++) {
            boolean holds = switch (x.dtype().category()) {
                case BOOL, INTEGRAL -> op.apply(x.integer(i), y.integer(i));
                case FLOATING -> op.apply(x.real(i), y.real(i));
                case COMPLEX -> op.apply(x.complex(i), y.complex(i));
            };
            out.set(i, holds ? 1L : 0L);
        }
    }

    /** As above, so that a tensor of 0.1 equals 0.1 in every precision. */
    static void compare(Compare op, Elements x, Scalar s, Elements out) {
        long integer = Elements.wrapped(x.dtype(), s.integer());
        double real = Elements.rounded(x.dtype(), s.re());
        Complex complex = new Complex(real, Elements.rounded(x.dtype(), s.im()));
        for (long i = 0; i < out.count(); i++) {
            boolean holds = switch (x.dtype().category()) {
                case BOOL, INTEGRAL -> op.apply(x.integer(i), integer);
                case FLOATING -> op.apply(x.real(i), real);
                case COMPLEX -> op.apply(x.complex(i), complex);
            };
            out.set(i, holds ? 1L : 0L);
        }
    }

    static void where(Elements condition, Elements x, Elements y, Elements out) {
        for (long i = 0; i < out.count(); i++) {
            out.copy(i, condition.integer(i) != 0 ? x : y, i);
        }
    }
}
