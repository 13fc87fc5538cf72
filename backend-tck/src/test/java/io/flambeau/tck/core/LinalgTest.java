package io.flambeau.tck.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.NumericException;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Linear algebra: call forms, batches, edges and refusals; the algorithms are tested where they are. */
class LinalgTest {
    private static Tensor matrix(double... values) {
        int n = (int) Math.sqrt(values.length);
        return Tensors.of(values, n, n);
    }

    @Test
    void solvesForVectorsMatricesAndBatches() {
        Tensor a = matrix(2, 0, 0, 4);
        assertThat(Linalg.solve(a, Tensors.of(new double[] {2, 4})).toDoubleArray())
                .containsExactly(1, 1);
        assertThat(Linalg.solve(a, matrix(2, 4, 4, 8)).toDoubleArray()).containsExactly(1, 2, 1, 2);
        assertThat(Linalg.solve(a, matrix(2, 4, 4, 8), false).toDoubleArray()).containsExactly(1, 1, 2, 2);
        Tensor batch = Tensors.stack(0, a, a.mul(2));
        Tensor x = Linalg.solve(batch, Tensors.of(new double[] {2, 4}, 2, 1));
        assertThat(x.shape().sizes()).containsExactly(2, 2, 1);
        assertThat(x.toDoubleArray()).containsExactly(1, 1, 0.5, 0.5);
    }

    @Test
    void luGivesFactorsThatMultiplyBack() {
        Tensor a = Tensors.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 9}, 3, 3);
        Linalg.LuFactors f = Linalg.lu(a, true);
        assertThat(f.p().matmul(f.l()).matmul(f.u()).sub(a).abs().amax().item()).isLessThan(1e-14);
        assertThat(f.l().amax().item()).isEqualTo(1);
    }

    @Test
    void emptyMatricesAreFactoredToo() {
        Tensor empty = Tensors.zeros(DType.F64, 2, 0, 0);
        assertThat(Linalg.det(empty).toDoubleArray()).containsExactly(1, 1);
        assertThat(Linalg.inv(empty).shape().sizes()).containsExactly(2, 0, 0);
        assertThat(Linalg.svd(Tensors.zeros(DType.F64, 3, 0), true).u().shape().sizes())
                .containsExactly(3, 3);
        assertThat(Linalg.matrixRank(Tensors.zeros(DType.F64, 0, 3), null, null, false)
                        .itemLong())
                .isZero();
    }

    @Test
    void leastSquaresFitsALine() {
        Tensor a = Tensors.of(new double[] {1, 0, 1, 1, 1, 2, 1, 3}, 4, 2);
        Tensor b = Tensors.of(new double[] {1, 3, 5, 7.4}, 4, 1);
        Linalg.LeastSquares fit = Linalg.lstsq(a, b, null, "gelsd");
        assertThat(fit.solution().toDoubleArray())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(0.92, 2.12);
        assertThat(fit.rank().itemLong()).isEqualTo(2);
    }

    @Test
    void conditionAndRankSeeSingularValues() {
        assertThat(Linalg.cond(matrix(1, 0, 0, 1e-3), null).item()).isCloseTo(1000, within(1e-9));
        assertThat(Linalg.cond(matrix(1, 1, 1, 1), 1.0).item()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Linalg.matrixRank(matrix(1, 2, 2, 4), null, null, false).itemLong())
                .isEqualTo(1);
        Tensor wide = Tensors.scalar(3.0);
        assertThat(Linalg.matrixRank(matrix(5, 0, 0, 2), wide, null, false).itemLong())
                .isEqualTo(1);
    }

    @Test
    void normsOfVectorsAndMatrices() {
        Tensor x = Tensors.of(new double[] {3, -4});
        assertThat(Linalg.norm(x).item()).isEqualTo(5);
        assertThat(Linalg.vectorNorm(x, 1, false).item()).isEqualTo(7);
        assertThat(Linalg.vectorNorm(x, Double.NEGATIVE_INFINITY, false).item()).isEqualTo(3);
        assertThat(Linalg.vectorNorm(x, 0, true, 0).shape().sizes()).containsExactly(1);
        assertThat(Linalg.matrixNorm(matrix(1, -2, 3, 4), 1, false, -2, -1).item())
                .isEqualTo(6);
        assertThat(Linalg.matrixNorm(matrix(1, 0, 0, 2), "nuc").item()).isCloseTo(3, within(1e-14));
        Tensor large = Tensors.of(new float[] {1e20f, 1e20f});
        assertThat(Linalg.norm(large).item()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void refusalsNameTheOperationTheArgumentAndTheValues() {
        Tensor wide = Tensors.zeros(DType.F64, 2, 3);
        assertThatThrownBy(() -> Linalg.inv(wide))
                .isInstanceOf(ShapeException.class)
                .hasMessage("inv: A must be square, its shape is [2, 3] (FB-103)");
        assertThatThrownBy(() -> Linalg.cholesky(Tensors.zeros(DType.F16, 2, 2)))
                .isInstanceOf(DTypeException.class)
                .hasMessage("cholesky: A must be of float32, float64, complex64 or complex128, not float16; convert"
                        + " with to(dtype) (FB-120)");
        assertThatThrownBy(() -> Linalg.qr(Tensors.zeros(DType.F64, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("qr: A must be a matrix or a batch of matrices, its shape is [3]");
        assertThatThrownBy(() -> Linalg.qr(wide, "thin"))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("qr: mode 'thin' is none of");
        assertThatThrownBy(() -> Linalg.solve(matrix(1, 0, 0, 1), Tensors.zeros(DType.F64, 3, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("solve: shapes [2, 2] of A and [3, 1] of B do not fit");
    }

    @Test
    void matricesWithoutAnAnswerAreToldApart() {
        assertThatThrownBy(() -> Linalg.inv(matrix(1, 2, 2, 4)))
                .isInstanceOf(NumericException.class)
                .hasMessage("inv: the matrix is singular: pivot 2 of its LU factorisation is zero; use pinv or lstsq"
                        + " (FB-140)");
        Tensor batch = Tensors.stack(0, matrix(1, 0, 0, 1), matrix(1, 0, 0, -1));
        assertThatThrownBy(() -> Linalg.cholesky(batch))
                .isInstanceOf(NumericException.class)
                .hasMessageContaining("cholesky: matrix 1 of the batch is not positive definite")
                .hasMessageContaining("minor of order 2");
        assertThat(Linalg.choleskyEx(batch, false).info().toLongArray()).containsExactly(0, 2);
        assertThat(Linalg.invEx(matrix(1, 2, 2, 4)).info().itemLong()).isEqualTo(2);
        Tensor nan = matrix(Double.NaN, 0, 0, 1);
        assertThatThrownBy(() -> Linalg.svdvals(nan)).isInstanceOf(NumericException.class);
        assertThat(Linalg.eigh(nan).values().toDoubleArray()).containsOnly(Double.NaN);
    }
}
