import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

enum Unary implements Primitive {
    NEG(x -> -x, (g, x, y) -> g.neg()),
    EXP(Math::exp, (g, x, y) -> g.mul(y));

    private interface Slope {
        Tensor of(Tensor g, Tensor x, Tensor y);
    }

    final DoubleUnaryOperator scalar;
    private final Slope slope;

    Unary(DoubleUnaryOperator scalar, Slope slope) {
        this.scalar = scalar;
        this.slope = slope;
    }

    @Override
    public int[] infer(int[]... in) {
        return in[0];
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor out) {
        return g -> new Tensor[] {slope.of(g, in[0], out)};
    }
}

/** Of equal shapes: operands are broadcast before they come here, so no gradient has to undo it. */
enum Binary implements Primitive {
    ADD((x, y) -> x + y, (g, x, y) -> new Tensor[] {g, g}),
    MUL((x, y) -> x * y, (g, x, y) -> new Tensor[] {g.mul(y), g.mul(x)}),
    DIV((x, y) -> x / y, (g, x, y) -> new Tensor[] {g.div(y), g.mul(x).div(y.mul(y)).neg()}),
    GREATER((x, y) -> x > y ? 1 : 0, null);

    private interface Slope {
        Tensor[] of(Tensor g, Tensor x, Tensor y);
    }

    final DoubleBinaryOperator scalar;
    private final Slope slope;

    Binary(DoubleBinaryOperator scalar, Slope slope) {
        this.scalar = scalar;
        this.slope = slope;
    }

    @Override
    public int[] infer(int[]... in) {
        return in[0];
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor out) {
        return slope == null ? null : g -> slope.of(g, in[0], in[1]);
    }
}

/** The sum along an axis, which keeps size 1. */
record Sum(int axis) implements Primitive {
    @Override
    public int[] infer(int[]... in) {
        int[] shape = in[0].clone();
        shape[axis] = 1;
        return shape;
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor out) {
        return g -> new Tensor[] {g.expand(in[0].shape)};
    }
}

record MatMul() implements Primitive {
    @Override
    public int[] infer(int[]... in) {
        if (in[0][1] != in[1][0]) {
            throw new IllegalArgumentException("matmul: left has " + in[0][1] + " columns, right " + in[1][0] + " rows");
        }
        return new int[] {in[0][0], in[1][1]};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor out) {
        return g -> new Tensor[] {g.matmul(in[1].t()), in[0].t().matmul(g)};
    }
}

/** Axes of size 1 stretched by strides of 0. */
record Expand(int[] to) implements ViewOp {
    @Override
    public int[] infer(int[]... in) {
        return to;
    }

    @Override
    public View look(View x) {
        int[] strides = x.strides().clone();
        for (int axis = 0; axis < to.length; axis++) {
            strides[axis] = x.shape()[axis] == 1 ? 0 : strides[axis];
        }
        return new View(x.data(), to, strides, x.offset());
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor out) {
        return g -> {
            for (int axis = 0; axis < to.length; axis++) {
                g = in[0].shape[axis] < to[axis] ? g.sum(axis) : g;
            }
            return new Tensor[] {g};
        };
    }
}

record Transpose() implements ViewOp {
    @Override
    public int[] infer(int[]... in) {
        return new int[] {in[0][1], in[0][0]};
    }

    @Override
    public View look(View x) {
        return new View(x.data(), infer(x.shape()), new int[] {x.strides()[1], x.strides()[0]}, x.offset());
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor out) {
        return g -> new Tensor[] {g.t()};
    }
}

/** x where it is positive, else 0. */
record Relu() implements Derived {
    @Override
    public int[] infer(int[]... in) {
        return in[0];
    }

    @Override
    public Tensor decompose(Tensor... in) {
        return in[0].mul(in[0].greater(Tensor.of(0)));
    }
}

/** 1 / (1 + exp(-x)), with the gradient that everybody knows. */
record Sigmoid() implements Derived.WithGradient {
    @Override
    public int[] infer(int[]... in) {
        return in[0];
    }

    @Override
    public Tensor decompose(Tensor... in) {
        return Tensor.of(1).div(in[0].neg().exp().add(Tensor.of(1)));
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor out) {
        return g -> new Tensor[] {g.mul(out).mul(Tensor.of(1).add(out.neg()))};
    }
}
