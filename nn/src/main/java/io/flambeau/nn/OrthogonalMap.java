package io.flambeau.nn;

import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** How {@link Parametrisations#orthogonal} makes an orthogonal matrix of any matrix X [..., n, k] with n >= k. */
public enum OrthogonalMap {
    /** exp(A), with A = L - L^H of the lower triangle L of X. */
    MATRIX_EXP {
        @Override
        Tensor of(Tensor x) {
            return columns(Linalg.matrixExp(skew(x)), x);
        }
    },
    /** (I + A / 2) (I - A / 2)^-1, with A as for {@link #MATRIX_EXP}. */
    CAYLEY {
        @Override
        Tensor of(Tensor x) {
            Tensor half = skew(x).mul(0.5);
            Tensor one = identity(half);
            return columns(Linalg.solve(one.sub(half), one.add(half)), x);
        }
    },
    /** The product of reflections whose vectors stand below the diagonal of X, times the signs on it; of real matrices. */
    HOUSEHOLDER {
        @Override
        Tensor of(Tensor x) {
            Tensor vectors = x.tril(-1);
            Tensor factors = vectors.square().sum(-2).add(1).reciprocal().mul(2);
            Tensor signs = x.diagonal(0, -2, -1).detach().trunc().unsqueeze(-2);
            return Linalg.householderProduct(vectors, factors).mul(signs);
        }
    };

    abstract Tensor of(Tensor x);

    /** L - L^H, of order n. */
    private static Tensor skew(Tensor x) {
        Tensor lower = x.tril();
        long missing = x.size(-2) - x.size(-1);
        Tensor square = missing == 0 ? lower : F.pad(lower, 0, missing);
        return square.sub(square.mH());
    }

    /** Of the order, dtype and device of a square matrix. */
    static Tensor identity(Tensor like) {
        return Tensors.eye(like.size(-1), like.size(-1), like.dtype()).to(like.device());
    }

    private static Tensor columns(Tensor square, Tensor x) {
        return square.narrow(-1, 0, x.size(-1));
    }
}
