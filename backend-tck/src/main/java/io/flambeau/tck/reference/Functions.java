package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.Pointwise;

/**
 * The open elementwise family, by scalar definitions. The highest category among the inputs, and the result unless it
 * is a lower one, decides which definition is used.
 */
final class Functions {
    private Functions() {}

    static void pointwise(Pointwise op, Elements[] in, Elements out) {
        DType.Category highest = DType.Category.BOOL;
        boolean single = true;
        for (Elements x : in) {
            DType.Category category = x.dtype().category();
            highest = category.compareTo(highest) > 0 ? category : highest;
            single &= x.dtype() != DType.F64;
        }
        if (out.dtype().isFloating() && highest.compareTo(DType.Category.FLOATING) < 0) {
            highest = DType.Category.FLOATING;
        }
        for (long i = 0; i < out.count(); i++) {
            switch (highest) {
                case BOOL, INTEGRAL -> out.set(i, op.apply(integer(in, 0, i), integer(in, 1, i), integer(in, 2, i)));
                case FLOATING -> real(op, in, out, i, single && out.dtype() != DType.F64);
                case COMPLEX -> complex(op, in, out, i);
            }
        }
    }

    private static void real(Pointwise op, Elements[] in, Elements out, long i, boolean single) {
        double a = real(in, 0, i);
        double b = real(in, 1, i);
        double c = real(in, 2, i);
        switch (out.dtype().category()) {
            case BOOL -> out.set(i, op.test(a, b, c) ? 1L : 0L);
            case INTEGRAL -> out.set(i, (long) op.apply(a, b, c));
            default -> out.set(i, single ? op.apply((float) a, (float) b, (float) c) : op.apply(a, b, c));
        }
    }

    private static void complex(Pointwise op, Elements[] in, Elements out, long i) {
        Complex z = op.apply(complex(in, 0, i), complex(in, 1, i), complex(in, 2, i));
        switch (out.dtype().category()) {
            case BOOL, INTEGRAL -> out.set(i, z.re() != 0 || z.im() != 0 ? 1L : 0L);
            case FLOATING -> out.set(i, z.re());
            case COMPLEX -> out.set(i, z);
        }
    }

    private static long integer(Elements[] in, int operand, long i) {
        return operand < in.length ? in[operand].integer(i) : 0;
    }

    private static double real(Elements[] in, int operand, long i) {
        return operand < in.length ? in[operand].real(i) : 0;
    }

    private static Complex complex(Elements[] in, int operand, long i) {
        return operand < in.length ? in[operand].complex(i) : Complex.ZERO;
    }
}
