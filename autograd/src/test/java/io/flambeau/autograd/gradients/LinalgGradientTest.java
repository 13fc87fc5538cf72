package io.flambeau.autograd.gradients;

import static io.flambeau.autograd.gradients.Samples.both;
import static io.flambeau.autograd.gradients.Samples.bothAll;
import static io.flambeau.autograd.gradients.Samples.real;
import static io.flambeau.autograd.gradients.Samples.sizes;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.autograd.GradCheck;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** First and second derivatives of linear algebra against differences; of what has free signs, of what is unique. */
class LinalgGradientTest {
    private static Tensor positive(Tensor a) {
        return a.matmul(a.mH()).add(Tensors.eye(a.size(-1)).to(a.dtype()));
    }

    private static Tensor hermitian(Tensor a) {
        return a.add(a.mH());
    }

    @Test
    void cholesky() {
        both(a -> Linalg.cholesky(positive(a)), 3, 3);
        both(a -> Linalg.cholesky(positive(a), true), 2, 2, 2);
        both(a -> Linalg.choleskyInverse(Linalg.cholesky(positive(a)), false), 3, 3);
        bothAll(
                in -> new Tensor[] {Linalg.choleskySolve(in[1], Linalg.cholesky(positive(in[0]), true), true)},
                sizes(3, 3),
                sizes(3, 2));
    }

    @Test
    void luOfEveryShape() {
        for (long[] shape : new long[][] {{3, 3}, {4, 2}, {2, 4}, {2, 3, 3}}) {
            both(a -> Linalg.lu(a, true).l(), shape);
            both(a -> Linalg.lu(a, true).u(), shape);
        }
        both(a -> Linalg.luFactor(a, true).factors(), 3, 3);
    }

    @Test
    void luSolve() {
        for (boolean left : new boolean[] {true, false}) {
            for (boolean adjoint : new boolean[] {true, false}) {
                bothAll(
                        in -> {
                            Linalg.Packed f = Linalg.luFactor(in[0], true);
                            Tensor b = left ? in[1] : in[1].mT();
                            return new Tensor[] {Linalg.luSolve(f.factors(), f.pivots(), b, left, adjoint)};
                        },
                        sizes(3, 3),
                        sizes(3, 2));
            }
        }
    }

    @Test
    void qrTallSquareAndWide() {
        for (long[] shape : new long[][] {{3, 3}, {4, 2}, {2, 4}, {2, 3, 2}}) {
            both(a -> Linalg.qr(a).q(), shape);
            both(a -> Linalg.qr(a).r(), shape);
        }
        both(a -> Linalg.qr(a, "complete").q(), 2, 3);
    }

    @Test
    void householderProducts() {
        bothAll(in -> new Tensor[] {Linalg.householderProduct(in[0], in[1])}, sizes(4, 2), sizes(2));
        bothAll(in -> new Tensor[] {Linalg.ormqr(in[0], in[1], in[2], true, true)}, sizes(3, 2), sizes(2), sizes(3, 2));
    }

    @Test
    void eigenvaluesAndModuliOfEigenvectors() {
        both(a -> Linalg.eigh(hermitian(a)).values(), 4, 4);
        both(a -> Linalg.eigh(hermitian(a), "U").vectors().abs(), 3, 3);
        both(a -> Linalg.eigvals(a).abs(), 3, 3);
        both(a -> Linalg.eig(a).vectors().abs(), 3, 3);
    }

    @Test
    void singularValuesAndModuliOfSingularVectors() {
        for (long[] shape : new long[][] {{3, 3}, {4, 2}, {2, 4}}) {
            both(Linalg::svdvals, shape);
            both(a -> Linalg.svd(a, false).u().abs(), shape);
            both(a -> Linalg.svd(a, false).vh().abs(), shape);
        }
    }

    @Test
    void systems() {
        bothAll(in -> new Tensor[] {Linalg.solve(in[0], in[1])}, sizes(3, 3), sizes(3, 2));
        bothAll(in -> new Tensor[] {Linalg.solve(in[0], in[1])}, sizes(2, 3, 3), sizes(2, 3));
        bothAll(in -> new Tensor[] {Linalg.solve(in[0], in[1], false)}, sizes(3, 3), sizes(2, 3));
        both(Linalg::inv, 3, 3);
        for (boolean upper : new boolean[] {true, false}) {
            for (boolean unit : new boolean[] {true, false}) {
                bothAll(
                        in -> new Tensor[] {Linalg.solveTriangular(in[0], in[1], upper, true, unit)},
                        sizes(3, 3),
                        sizes(3, 2));
            }
        }
    }

    @Test
    void pseudoinverses() {
        both(Linalg::pinv, 3, 2);
        both(Linalg::pinv, 2, 3);
        both(a -> Linalg.pinv(hermitian(a), null, null, true), 3, 3);
        bothAll(in -> new Tensor[] {Linalg.pinv(in[0].matmul(in[1].mH()))}, sizes(4, 2), sizes(3, 2));
        bothAll(in -> new Tensor[] {Linalg.lstsq(in[0], in[1], null, "gelsd").solution()}, sizes(4, 2), sizes(4, 2));
        bothAll(in -> new Tensor[] {Linalg.lstsq(in[0], in[1], null, "gelsd").residuals()}, sizes(4, 2), sizes(4, 2));
    }

    @Test
    void determinants() {
        both(Linalg::det, 3, 3);
        both(Linalg::det, 2, 2, 2);
        both(a -> Linalg.slogdet(a).logabsdet(), 3, 3);
        GradCheck.DEFAULT.checkTwice(a -> Linalg.slogdet(a).sign(), Samples.complex(3, 3, 3));
        GradCheck.DEFAULT.checkTwice(a -> Linalg.logdet(positive(a)), real(4, 3, 3));
    }

    @Test
    void determinantOfZeroHasNoSlope() {
        Tensor a = Tensors.of(new double[] {1, 2, 2, 4}, 2, 2).requiresGrad(true);
        Linalg.det(a).backward();
        assertThat(a.grad().abs().amax().item()).isZero();
    }

    @Test
    void functionsOfMatrices() {
        both(Linalg::matrixExp, 3, 3);
        both(a -> Linalg.matrixPower(a, 3), 3, 3);
        both(a -> Linalg.matrixPower(a, -2), 3, 3);
        bothAll(in -> new Tensor[] {Linalg.multiDot(in)}, sizes(2, 3), sizes(3, 4), sizes(4, 2));
        both(a -> Linalg.vander(a, 4L), 3);
        bothAll(in -> new Tensor[] {Linalg.cross(in[0], in[1], -1)}, sizes(2, 3), sizes(2, 3));
    }

    @Test
    void norms() {
        for (double p : new double[] {0.5, 1, 1.5, 2, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            both(x -> Linalg.vectorNorm(x, p, false, 0), 3, 2);
            both(x -> Linalg.vectorNorm(x, p, true), 4);
        }
        for (double order : new double[] {1, -1, 2, -2, Double.POSITIVE_INFINITY}) {
            both(a -> Linalg.matrixNorm(a, order, false, -2, -1), 3, 2);
        }
        both(a -> Linalg.matrixNorm(a, "nuc"), 3, 2);
        both(a -> Linalg.cond(a, null), 3, 3);
    }

    @Test
    void normsOfZeroHaveZeroGradients() {
        for (double p : new double[] {0.5, 1, 1.5, 2, 3}) {
            Tensor x = Tensors.zeros(DType.F64, 3).requiresGrad(true);
            Linalg.vectorNorm(x, p, false).backward();
            assertThat(x.grad().toDoubleArray()).as("p = %s", p).containsOnly(0.0);
        }
    }
}
