package io.flambeau.tensor;

import org.jspecify.annotations.Nullable;

/** What depends on which singular values count as zero: rank, condition, least squares. */
final class Ranks {
    private Ranks() {}

    /** atol and rtol for each matrix, with PyTorch's defaults. */
    static Tensor[] tolerances(String operation, Tensor a, @Nullable Tensor atol, @Nullable Tensor rtol) {
        if (a.rank() < 2) {
            throw new ShapeException(
                    operation,
                    "A must be a matrix or a batch of matrices, its shape is " + a.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Shape batch = a.shape().range(0, a.rank() - 2);
        DType real = a.dtype().toReal();
        if (!a.dtype().isDifferentiable() || a.dtype().isHalf()) {
            throw new DTypeException(
                    operation,
                    "A must be of float32, float64, complex64 or complex128, not " + a.dtype()
                            + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
        Tensor zero = Tensors.full(a.spec().with(real).with(batch), Scalar.ZERO);
        Tensor absolute =
                atol == null ? zero : tolerance(operation, "atol", atol, real).expand(batch);
        Tensor relative;
        if (rtol == null) {
            double standard = Math.max(a.size(-1), a.size(-2)) * real.epsilon();
            relative = atol == null ? zero.add(standard) : zero.where(absolute.gt(0), zero.add(standard));
        } else {
            relative = tolerance(operation, "rtol", rtol, real).expand(batch);
        }
        return new Tensor[] {absolute, relative};
    }

    private static Tensor tolerance(String operation, String name, Tensor value, DType real) {
        if (value.dtype().isComplex()) {
            throw new DTypeException(operation, name + " must be real, not " + value.dtype(), Fault.BAD_DTYPE);
        }
        return value.to(real);
    }

    static Tensor of(Tensor a, @Nullable Tensor atol, @Nullable Tensor rtol, boolean hermitian) {
        Tensor[] tolerances = tolerances("matrixRank", a, atol, rtol);
        Tensor sizes = hermitian ? Linalg.eigvalsh(a.detach(), "L").abs() : Linalg.svdvals(a.detach());
        return count(sizes, tolerances[0], tolerances[1]);
    }

    private static Tensor count(Tensor sizes, Tensor atol, Tensor rtol) {
        if (sizes.size(-1) == 0) {
            return sizes.sum(-1).to(DType.I64);
        }
        Tensor cut = atol.maximum(rtol.mul(sizes.amax(-1)));
        return sizes.gt(cut.unsqueeze(-1)).to(DType.I64).sum(-1);
    }

    static Tensor condition(Tensor a, @Nullable Object order) {
        if (order == null || order instanceof Number n && Math.abs(n.doubleValue()) == 2) {
            Tensor values = Linalg.svdvals(a);
            if (values.size(-1) == 0) {
                return values.sum(-1);
            }
            Tensor large = values.select(-1, 0);
            Tensor small = values.select(-1, values.size(-1) - 1);
            boolean inverted = order instanceof Number p && p.doubleValue() == -2;
            return inverted ? small.div(large) : large.div(small);
        }
        Linalg.WithInfo inverse = Linalg.invEx(a);
        Tensor product = norm(a, order).mul(norm(inverse.result(), order));
        return product.newFull(Shape.SCALAR, Scalar.of(Double.POSITIVE_INFINITY))
                .where(inverse.info().ne(0), product);
    }

    private static Tensor norm(Tensor a, Object order) {
        return order instanceof String name
                ? Norms.matrix(a, name, false, -2, -1)
                : Norms.matrix(a, ((Number) order).doubleValue(), false, -2, -1);
    }

    static Linalg.LeastSquares lstsq(Tensor a, Tensor b, @Nullable Double rcond, String driver) {
        boolean values = driver.equals("gelsd") || driver.equals("gelss");
        boolean full = driver.equals("gels");
        if (!values && !full && !driver.equals("gelsy")) {
            throw new ArgumentException(
                    "lstsq",
                    "driver '" + driver + "' is none of 'gels', 'gelsy', 'gelsd', 'gelss'",
                    Fault.BAD_ARGUMENT);
        }
        boolean vectors = a.rank() > 1
                && b.rank() == a.rank() - 1
                && b.shape().equals(a.shape().range(0, b.rank()));
        Tensor right = vectors ? b.unsqueeze(-1) : b;
        if (a.rank() < 2 || right.rank() < 2 || a.size(-2) != right.size(-2)) {
            throw new ShapeException(
                    "lstsq",
                    "shapes " + a.shape() + " of A and " + b.shape() + " of B do not fit: the equation is A X = B",
                    Fault.SHAPE_MISMATCH);
        }
        Tensor cut = rcond == null ? null : Tensors.scalar(rcond).to(a.dtype().toReal());
        Tensor[] tolerances = tolerances("lstsq", a, null, full ? Tensors.scalar(0.0) : cut);
        Tensor x = Linalg.pinv(a, tolerances[0], tolerances[1], false).matmul(right);
        Tensor sizes = Linalg.svdvals(a.detach());
        Tensor rank = count(sizes, tolerances[0], tolerances[1]);
        Tensor residuals = x.flatten().narrow(0, 0, 0).abs();
        boolean tall = a.size(-2) > a.size(-1);
        if (tall
                && !driver.equals("gelsy")
                && (full || rank.eq(a.size(-1)).all().itemBoolean())) {
            Tensor rest = right.sub(a.matmul(x)).abs();
            residuals = rest.square().sum(-2);
        }
        return new Linalg.LeastSquares(
                vectors ? x.squeeze(-1) : x,
                residuals,
                full ? rank.newZeros(Shape.of(0)) : rank,
                values ? sizes : sizes.newZeros(Shape.of(0)));
    }
}
