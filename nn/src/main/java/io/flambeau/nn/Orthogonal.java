package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/**
 * A matrix, or a batch of them, with orthonormal columns, or rows where there are more columns: a fixed orthogonal base
 * times an orthogonal matrix that begins as the identity (Lezcano-Casado, <em>Trivializations for gradient-based
 * optimization on manifolds</em>, 2019).
 */
final class Orthogonal extends Parametrisation {
    /** PyTorch keeps the base under the place of the parametrisation. */
    private static final class Base extends Module {
        private final Tensor base;

        Base(Tensor base) {
            this.base = buffer("base", base);
        }
    }

    private final OrthogonalMap map;
    private final Tensor original;
    private final Base base;

    Orthogonal(Tensor weight, OrthogonalMap map) {
        if (weight.rank() < 2
                || map == OrthogonalMap.HOUSEHOLDER && weight.dtype().isComplex()) {
            throw new ArgumentException(
                    "orthogonal",
                    "a tensor of shape " + weight.shape() + " and " + weight.dtype() + " cannot become orthogonal by "
                            + map + "; it needs matrices, and " + OrthogonalMap.HOUSEHOLDER + " real ones",
                    Fault.BAD_ARGUMENT);
        }
        this.map = map;
        Tensor start = weight.zerosLike();
        start.diagonal(0, -2, -1).fill_(-1);
        this.original = parameter("original", start);
        this.base = child("0", new Base(base(tall(weight))));
    }

    /** The usual map: the exponential of square and complex matrices, reflections for the others. */
    static OrthogonalMap usual(Tensor weight) {
        return weight.rank() >= 2 && weight.size(-2) == weight.size(-1)
                        || weight.dtype().isComplex()
                ? OrthogonalMap.MATRIX_EXP
                : OrthogonalMap.HOUSEHOLDER;
    }

    private static boolean isWide(Tensor x) {
        return x.size(-2) < x.size(-1);
    }

    private static Tensor tall(Tensor x) {
        return isWide(x) ? x.mT() : x;
    }

    /** A square orthogonal matrix that begins with the columns of x, as far as they are orthonormal. */
    private static Tensor base(Tensor x) {
        long n = x.size(-2);
        long missing = n - x.size(-1);
        if (missing == 0) {
            double close = 10 * n * x.dtype().epsilon();
            Tensor one = OrthogonalMap.identity(x).expand(x.shape());
            return x.mH().matmul(x).allclose(one, 0, close, false) ? x.clone() : byQr(x);
        }
        Tensor more = Init.normal(x.newZeros(x.shape().range(0, x.rank() - 1).concat(Shape.of(missing))), 0, 1);
        return byQr(Tensors.cat(-1, x, more));
    }

    private static Tensor byQr(Tensor x) {
        Linalg.QrFactors factors = Linalg.qr(x);
        return factors.q().mul(factors.r().diagonal(0, -2, -1).sgn().unsqueeze(-2));
    }

    @Override
    Tensor value() {
        Tensor q = base.base.matmul(map.of(tall(original)));
        return isWide(original) ? q.mT() : q;
    }
}
