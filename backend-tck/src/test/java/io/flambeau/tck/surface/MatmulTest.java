package io.flambeau.tck.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Products of vectors, matrices and batches: which shapes and dtypes meet; as in PyTorch. */
class MatmulTest {
    private final Tensor vector = Tensors.of(new float[] {1, 2, 3});
    private final Tensor matrix = Tensors.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);

    @Test
    void twoVectorsGiveANumber() {
        Tensor product = vector.matmul(vector);
        assertThat(product.rank()).isZero();
        assertThat(product.item()).isEqualTo(14);
    }

    @Test
    void aVectorIsARowOnTheLeftAndAColumnOnTheRight() {
        assertThat(vector.matmul(matrix).shape().sizes()).containsExactly(2);
        assertThat(vector.matmul(matrix).toFloatArray()).containsExactly(4, 5);
        assertThat(matrix.t().matmul(vector).shape().sizes()).containsExactly(2);
        assertThat(matrix.t().matmul(vector).toFloatArray()).containsExactly(4, 5);
    }

    @Test
    void aVectorMeetsEveryMatrixOfABatch() {
        Tensor batch = Tensors.stack(0, matrix, matrix.mul(2));
        assertThat(vector.matmul(batch).shape().sizes()).containsExactly(2, 2);
        assertThat(vector.matmul(batch).toFloatArray()).containsExactly(4, 5, 8, 10);
        assertThat(batch.mT().matmul(vector).shape().sizes()).containsExactly(2, 2);
        assertThat(batch.mT().matmul(vector).toFloatArray()).containsExactly(4, 5, 8, 10);
    }

    @Test
    void batchesBroadcast() {
        Tensor left = Tensors.ones(2, 1, 4, 3);
        assertThat(left.matmul(Tensors.ones(5, 3, 2)).shape().sizes()).containsExactly(2, 5, 4, 2);
        assertThat(left.matmul(matrix).shape().sizes()).containsExactly(2, 1, 4, 2);
    }

    @Test
    void aNumberIsRefused() {
        assertThatThrownBy(() -> Tensors.scalar(1.0).matmul(vector))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("matmul: both need at least one axis; the shapes are [] and [3]");
        assertThatThrownBy(() -> matrix.matmul(Tensors.scalar(1.0))).isInstanceOf(ShapeException.class);
    }

    @Test
    void mmAndBmmNeverBroadcast() {
        Tensor batch = Tensors.ones(2, 3, 3);
        assertThatThrownBy(() -> batch.mm(matrix))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("mm:");
        assertThatThrownBy(() -> batch.bmm(matrix))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("bmm:");
        assertThatThrownBy(() -> batch.bmm(Tensors.ones(1, 3, 2))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> vector.mm(matrix)).isInstanceOf(ShapeException.class);
    }

    @Test
    void anEmptyInnerAxisGivesZeros() {
        assertThat(Tensors.zeros(2, 0).matmul(Tensors.zeros(0, 3)).toFloatArray())
                .hasSize(6)
                .containsOnly(0);
        assertThat(Tensors.zeros(2, 2, 0).bmm(Tensors.zeros(2, 0, 1)).toFloatArray())
                .hasSize(4)
                .containsOnly(0);
        assertThat(Tensors.zeros(0).matmul(Tensors.zeros(0)).item()).isZero();
    }

    @Test
    void aBiasTimesZeroIsIgnored() {
        Tensor bias = Tensors.full(Double.NaN, 2);
        Tensor product = bias.addmm(matrix.t(), matrix, Scalar.ZERO, Scalar.ONE);
        assertThat(product.toFloatArray()).containsExactly(2, 1, 1, 2);
        assertThat(bias.addmm(matrix.t(), matrix).toFloatArray()).containsOnly(Float.NaN);
        assertThat(bias.addmv(matrix.t(), vector, Scalar.ZERO, Scalar.ONE).toFloatArray())
                .containsExactly(4, 5);
    }

    @Test
    void integersMultiplyAndBooleansDoNot() {
        Tensor ints = Tensors.of(new int[] {1, 2, 3, 4}, 2, 2);
        assertThat(ints.matmul(ints).dtype()).isEqualTo(DType.I32);
        assertThat(ints.matmul(ints).toIntArray()).containsExactly(7, 10, 15, 22);
        Tensor bytes = Tensors.of(new byte[] {100, 100});
        assertThat(bytes.matmul(bytes).dtype()).isEqualTo(DType.I8);
        assertThat(bytes.matmul(bytes).itemLong()).isEqualTo((byte) 20_000);
        assertThatThrownBy(() -> ints.to(DType.BOOL).matmul(ints.to(DType.BOOL)))
                .isInstanceOf(DTypeException.class)
                .hasMessageStartingWith("matmul:");
    }

    @Test
    void einsumMultipliesAndNamesAnIndexItDoesNotKnow() {
        assertThat(Tensors.einsum("ij,jk", matrix.t(), matrix).toFloatArray()).containsExactly(2, 1, 1, 2);
        assertThatThrownBy(() -> Tensors.einsum("ij->ik", matrix)).hasMessageStartingWith("einsum: the output");
    }
}
