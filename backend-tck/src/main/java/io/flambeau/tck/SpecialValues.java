package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Cast;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.ScalarCompare;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Sort;
import io.flambeau.tensor.op.TopK;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.math.OrthogonalPolynomial;

/**
 * Law 9: special values give what they give on the reference backend. Elementwise operations are tried on all pairs of
 * them, reductions on rows that hold some.
 */
final class SpecialValues {
    private SpecialValues() {}

    static void check(Case c) {
        if (c.device().equals(Case.REFERENCE) || c.sample().inputs().isEmpty()) {
            return;
        }
        int arity = c.sample().inputs().size();
        boolean uniform = c.sample().inputs().stream().allMatch(input -> input.role() == Input.Role.SAME);
        if (isElementwise(c.op()) && uniform && arity <= 2) {
            compare(c, pairs(c.dtype(), arity));
        } else if (isReduction(c.op()) && c.sample().inputs().getFirst().shape().count() > 0) {
            compare(c, rows(c.dtype(), c.sample().inputs().getFirst().shape()));
        }
    }

    private static boolean isElementwise(Op op) {
        return switch (op) {
            // Degrees without bound would take as long.
            case OrthogonalPolynomial _ -> false;
            // What integer is made of NaN or of a number too large is left to each device.
            case Cast cast -> cast.to().isDifferentiable() || cast.to() == DType.BOOL;
            case Unary _, Binary _, ScalarBinary _, Compare _, ScalarCompare _, Pointwise _ -> true;
            case Derived derived -> derived.isElementwise();
            default -> false;
        };
    }

    /** Products are left out: whether one overflows before it meets a zero depends on the order. */
    private static boolean isReduction(Op op) {
        return switch (op) {
            case Reduce reduce -> reduce.kind() != Reduce.Kind.PROD;
            case Scan scan -> scan.kind() != Scan.Kind.PROD;
            case ArgReduce _, Sort _, TopK _ -> true;
            default -> false;
        };
    }

    private static double[] special(DType dtype) {
        double subnormal = dtype.tiny() * dtype.epsilon();
        return new double[] {
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            0,
            -0.0,
            subnormal,
            -subnormal,
            dtype.tiny(),
            dtype.max(),
            -dtype.max(),
            1,
            -1,
            0.5,
            -2.5
        };
    }

    private static Tensor[] pairs(DType dtype, int arity) {
        double[] values = special(dtype);
        int n = values.length;
        double[][] data = new double[arity][n * n];
        for (int i = 0; i < n * n; i++) {
            data[0][i] = values[i / n];
            if (arity == 2) {
                data[1][i] = values[i % n];
            }
        }
        Tensor[] in = new Tensor[arity];
        for (int i = 0; i < arity; i++) {
            in[i] = Input.tensor(data[i], dtype, Shape.of(n, n));
        }
        return in;
    }

    /** Every value at every place of an otherwise plain tensor would be long; one after another at every third place. */
    private static Tensor[] rows(DType dtype, Shape shape) {
        double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, dtype.tiny() / 4};
        double[] data = new double[(int) shape.count()];
        for (int i = 0; i < data.length; i++) {
            data[i] = i % 3 == 0 ? values[i / 3 % values.length] : i % 4 - 1.5;
        }
        return new Tensor[] {Input.tensor(data, dtype, shape)};
    }

    private static void compare(Case c, Tensor[] in) {
        Case definition = c.on(Case.REFERENCE);
        Tensor[] there = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            there[i] = in[i].to(c.device());
        }
        Laws.close(c, "", c.run(there), definition.run(in));
    }
}
