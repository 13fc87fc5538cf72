package io.flambeau.tensor.internal;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.Pointwise;

/** Elementwise functions by their scalar definitions, for devices that have none of their own. */
final class HostPointwise {
    private HostPointwise() {}

    /** The highest category among the inputs, and the result unless it is a lower one, decides which definition is used. */
    static HostArray apply(Pointwise op, HostArray[] in, Spec spec) {
        HostArray out = HostArray.zeros(spec.dtype(), spec.shape());
        DType.Category highest = DType.Category.BOOL;
        boolean single = spec.dtype() != DType.F64;
        for (HostArray x : in) {
            DType.Category category = x.dtype().category();
            highest = category.compareTo(highest) > 0 ? category : highest;
            single &= x.dtype() != DType.F64;
        }
        if (spec.dtype().isFloating() && highest.compareTo(DType.Category.FLOATING) < 0) {
            highest = DType.Category.FLOATING;
        }
        for (int i = 0; i < out.count(); i++) {
            switch (highest) {
                case BOOL, INTEGRAL -> put(out, i, op.apply(integer(in, 0, i), integer(in, 1, i), integer(in, 2, i)));
                case FLOATING -> real(op, in, out, i, single);
                case COMPLEX -> put(out, i, op.apply(complex(in, 0, i), complex(in, 1, i), complex(in, 2, i)));
            }
        }
        return out;
    }

    private static void real(Pointwise op, HostArray[] in, HostArray out, int i, boolean single) {
        double a = real(in, 0, i);
        double b = real(in, 1, i);
        double c = real(in, 2, i);
        switch (out.dtype().category()) {
            case BOOL -> out.integers()[i] = op.test(a, b, c) ? 1 : 0;
            case INTEGRAL -> out.integers()[i] = (long) op.apply(a, b, c);
            default -> out.reals()[i] = single ? op.apply((float) a, (float) b, (float) c) : op.apply(a, b, c);
        }
    }

    private static void put(HostArray out, int i, long value) {
        out.integers()[i] = value;
    }

    private static void put(HostArray out, int i, Complex z) {
        switch (out.dtype().category()) {
            case BOOL, INTEGRAL -> out.integers()[i] = z.re() != 0 || z.im() != 0 ? 1 : 0;
            case FLOATING -> out.reals()[i] = z.re();
            case COMPLEX -> {
                out.reals()[2 * i] = z.re();
                out.reals()[2 * i + 1] = z.im();
            }
        }
    }

    private static long integer(HostArray[] in, int operand, int i) {
        return operand < in.length ? in[operand].integers()[i] : 0;
    }

    private static double real(HostArray[] in, int operand, int i) {
        if (operand >= in.length) {
            return 0;
        }
        HostArray x = in[operand];
        return x.dtype().isFloating() ? x.reals()[i] : x.integers()[i];
    }

    private static Complex complex(HostArray[] in, int operand, int i) {
        if (operand >= in.length || !in[operand].dtype().isComplex()) {
            return new Complex(real(in, operand, i), 0);
        }
        double[] reals = in[operand].reals();
        return new Complex(reals[2 * i], reals[2 * i + 1]);
    }
}
