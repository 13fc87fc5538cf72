package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.BidiagonalSvd;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.RowSteps;

/**
 * A = U diag(values) Vh, the values descending.
 *
 * @param full whether U and Vh are square, else they have min(m, n) columns and rows
 */
public record Svd(boolean full) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.matrix(this, "A", in[0]);
        long m = in[0].shape().size(-2);
        long n = in[0].shape().size(-1);
        long k = Math.min(m, n);
        return new Spec[] {
            in[0].with(batch.concat(Shape.of(m, full ? m : k))),
            in[0].with(in[0].dtype().toReal()).with(batch.concat(Shape.of(k))),
            in[0].with(batch.concat(Shape.of(full ? n : k, n)))
        };
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        int m = a.rows;
        int n = a.columns;
        int k = Math.min(m, n);
        Stack u = Stack.zeros(in[0].dtype(), a.batch, m, full ? m : k);
        Stack values = Stack.vectors(in[0].dtype().toReal(), a.batch, k);
        Stack vh = Stack.zeros(in[0].dtype(), a.batch, full ? n : k, n);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = a.get(b);
            if (Scalars.hasNonFinite(matrix)) {
                throw Checks.failed(this, b, a.count, "has an element that is infinite or NaN");
            }
            var r = io.flambeau.tensor.internal.linalg.Svd.decompose(a.scalars, m, n, matrix, true, full);
            if (r.info() != 0) {
                throw Checks.failed(this, b, a.count, "did not let the QR iteration converge");
            }
            u.put(b, r.u());
            values.put(b, r.values());
            vh.put(b, r.vh());
        }
        return new HostArray[] {u.array(), values.array(), vh.array()};
    }

    /**
     * For kernels: the singular values, descending, of a bidiagonal matrix. The steps act on the rows of the transposed
     * vectors.
     *
     * @param lower whether {@code off} stands below the diagonal, else right of it
     * @param n the order
     * @param values the diagonal, which becomes the values
     * @param off n - 1 numbers beside it; destroyed
     * @param left where the steps of the left vectors go
     * @param right where those of the right vectors go
     * @return 0, or the number of values that did not converge
     */
    public static int iterate(boolean lower, int n, double[] values, double[] off, RowSteps left, RowSteps right) {
        return lower
                ? BidiagonalSvd.lower(n, values, off, left, right)
                : BidiagonalSvd.upper(n, values, off, left, right);
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        long k = Math.min(in[0].size(-2), in[0].size(-1));
        // The vectors beyond the singular values are not unique: as in PyTorch, what is made of them has no gradient.
        return Pullback.saving(out[0], out[1], out[2]).joint((g, s, needs) -> new Tensor[] {
            gradient(
                    s[0].narrow(-1, 0, k),
                    s[1],
                    s[2].narrow(-2, 0, k),
                    g[0].narrow(-1, 0, k),
                    g[1],
                    g[2].narrow(-2, 0, k))
        });
    }

    /** Wan and Zhang (2019) for the square part; a longer or wider A adds what of gU or gV leaves its span. */
    private static Tensor gradient(Tensor u, Tensor values, Tensor vh, Tensor gu, Tensor gs, Tensor gvh) {
        long m = u.size(-2);
        long n = vh.size(-1);
        long k = values.size(-1);
        Tensor skewU = Parts.skew(u.mH().matmul(gu));
        Tensor skewV = Parts.skew(vh.matmul(gvh.mH()));
        Tensor gaps = Parts.gaps(values.square());
        Tensor row = values.unsqueeze(-2);
        Tensor inner = Parts.ratio(skewU.mul(row).add(values.unsqueeze(-1).mul(skewV)), gaps);
        Tensor diagonal = gs.to(u.dtype());
        if (u.dtype().isComplex()) {
            diagonal = diagonal.add(Parts.ratio(Parts.diagonal(skewU), values.mul(2)));
        }
        inner = Parts.withDiagonal(inner, diagonal);
        if (m > k) {
            Tensor outside = Parts.ratio(gu.sub(u.matmul(u.mH().matmul(gu))), row);
            return u.matmul(inner).add(outside).matmul(vh);
        }
        Tensor right = inner.matmul(vh);
        if (n > k) {
            right = right.add(Parts.ratio(gvh.sub(gvh.matmul(vh.mH()).matmul(vh)), values.unsqueeze(-1)));
        }
        return u.matmul(right);
    }
}
