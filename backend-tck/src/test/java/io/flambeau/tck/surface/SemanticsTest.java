package io.flambeau.tck.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** PyTorch's rules that surprise: promotion, division, reductions, shapes. */
class SemanticsTest {
    private static Tensor of(DType dtype, long... values) {
        return Tensors.of(values).to(dtype);
    }

    @Test
    void numbersAndScalarTensorsPromoteByCategoryOnly() {
        assertThat(of(DType.I32, 1).add(2).dtype()).isEqualTo(DType.I32);
        assertThat(of(DType.I32, 1).add(2.5).dtype()).isEqualTo(DType.F32);
        assertThat(of(DType.F16, 1).add(Tensors.scalar(1.0)).dtype()).isEqualTo(DType.F16);
        assertThat(of(DType.I32, 1).add(Tensors.scalar(1)).dtype()).isEqualTo(DType.I32);
        assertThat(of(DType.U8, 1).add(of(DType.I8, 1)).dtype()).isEqualTo(DType.I16);
        assertThat(of(DType.F16, 1).add(of(DType.BF16, 1)).dtype()).isEqualTo(DType.F32);
        assertThat(of(DType.I64, 1).add(of(DType.F16, 1)).dtype()).isEqualTo(DType.F16);
        assertThat(of(DType.BOOL, 1).add(1).dtype()).isEqualTo(DType.I64);
        assertThat(of(DType.I32, 1).clamp(null, Scalar.of(0.5)).dtype()).isEqualTo(DType.F32);
        assertThatThrownBy(() -> of(DType.BOOL, 1).sub(of(DType.BOOL, 1))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> of(DType.BOOL, 1).neg()).isInstanceOf(DTypeException.class);
    }

    @Test
    void inPlaceNeverRaisesTheCategory() {
        Tensor x = of(DType.F32, 1);
        assertThat(x.add_(of(DType.F64, 1)).dtype()).isEqualTo(DType.F32);
        assertThatThrownBy(() -> of(DType.I64, 1).add_(0.5)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Tensors.zeros(2).add_(Tensors.zeros(3, 2))).hasMessageContaining("enlarge");
        assertThatThrownBy(() -> Tensors.zeros(1).expand(3).add_(1)).isInstanceOf(TensorException.class);
    }

    @Test
    void maskedFillKeepsTheDtype() {
        Tensor mask = Tensors.of(new boolean[] {true, false});
        assertThat(of(DType.I64, 5, 6).maskedFill(mask, 1.5).toLongArray()).containsExactly(1, 6);
        assertThatThrownBy(() -> of(DType.F16, 5, 6).maskedFill(mask, -1e9)).hasMessageContaining("overflows float16");
    }

    @Test
    void divisionAndRemainders() {
        assertThat(of(DType.I64, -7, 7).floorDivide(Scalar.of(2L)).toLongArray())
                .containsExactly(-4, 3);
        assertThat(of(DType.I64, -7).div(of(DType.I64, 2), "trunc").toLongArray())
                .containsExactly(-3);
        assertThat(of(DType.I64, -7).div(of(DType.I64, 2)).item()).isEqualTo(-3.5);
        assertThat(of(DType.I64, -7).remainder(Scalar.of(3L)).toLongArray()).containsExactly(2);
        assertThat(of(DType.I64, -7).fmod(Scalar.of(3L)).toLongArray()).containsExactly(-1);
        assertThatThrownBy(() -> of(DType.I64, 1).floorDivide(Scalar.ZERO)).hasMessageContaining("divisor is 0");
        assertThat(Tensors.of(new float[] {0.5f, 1.5f, 2.5f}).round().toFloatArray())
                .containsExactly(0, 2, 2);
        assertThat(of(DType.I64, 2).pow(of(DType.I64, -1)).toLongArray()).containsExactly(0);
        assertThatThrownBy(() -> of(DType.I64, 2).pow(-1)).hasMessageStartingWith("pow: integers to a negative");
    }

    @Test
    void emptyAndSingleReductions() {
        Tensor empty = Tensors.zeros(0);
        assertThat(empty.sum().item()).isZero();
        assertThat(empty.prod().item()).isEqualTo(1);
        assertThat(empty.mean().item()).isNaN();
        assertThatThrownBy(empty::max).hasMessageStartingWith("amax:");
        assertThat(Tensors.ones(1).var().item()).isNaN();
        Tensor infinite = Tensors.full(Double.NEGATIVE_INFINITY, 3);
        assertThat(infinite.logsumexp().item()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(infinite.softmax(0).toFloatArray()).containsOnly(Float.NaN);
        assertThat(Tensors.of(new float[] {3, 1, 2, 4}).median().item()).isEqualTo(2);
        assertThat(of(DType.U8, 1, 0).all().dtype()).isEqualTo(DType.U8);
        assertThat(of(DType.BOOL, 1, 1).sum().dtype()).isEqualTo(DType.I64);
        assertThatThrownBy(() -> of(DType.I64, 1).mean()).isInstanceOf(DTypeException.class);
    }

    @Test
    void nanComesThroughAndSortsLast() {
        Tensor x = Tensors.of(new float[] {1, Float.NaN, 0});
        assertThat(x.max().item()).isNaN();
        assertThat(x.argmax().itemLong()).isEqualTo(1);
        assertThat(x.clamp(0, 1).toFloatArray()[1]).isNaN();
        assertThat(x.sort()[1].toLongArray()).containsExactly(2, 0, 1);
        assertThat(x.sign().toFloatArray()[1]).isZero();
        assertThat(x.nansum().item()).isEqualTo(1);
    }

    @Test
    void piecesAndShapes() {
        Tensor x = Tensors.arange(5);
        assertThat(x.chunk(4, 0)).hasSize(3);
        assertThat(x.tensorSplit(4, 0)).hasSize(4);
        assertThat(Tensors.zeros(2, 3).squeeze(0).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(Tensors.scalar(1).flatten().shape()).isEqualTo(Shape.of(1));
        assertThat(Tensors.scalar(1).nonzero().shape()).isEqualTo(Shape.of(1, 0));
        assertThat(Tensors.cat(1, Tensors.zeros(0), Tensors.zeros(2, 3)).shape())
                .isEqualTo(Shape.of(2, 3));
        assertThat(Tensors.of(new long[] {1, 2}).repeat(2).toLongArray()).containsExactly(1, 2, 1, 2);
        assertThat(Tensors.of(new long[] {1, 2}).repeatInterleave(2).toLongArray())
                .containsExactly(1, 1, 2, 2);
        Tensor scattered = Tensors.of(new float[] {1})
                .scatterReduce(0, Tensors.of(new long[] {0, 0}), Tensors.of(new float[] {4, 4}), "mean", true);
        assertThat(scattered.item()).isEqualTo(3);
    }

    @Test
    void products() {
        Tensor v = Tensors.ones(3);
        assertThat(v.matmul(v).rank()).isZero();
        assertThatThrownBy(() -> v.matmul(Tensors.scalar(1.0))).hasMessageStartingWith("matmul:");
        assertThat(Tensors.zeros(2, 0).mm(Tensors.zeros(0, 3)).toFloatArray()).containsOnly(0);
        Tensor bias = Tensors.full(Double.NaN, 2, 2);
        Tensor eye = Tensors.eye(2);
        assertThat(bias.addmm(eye, eye, Scalar.ZERO, Scalar.ONE).toFloatArray()).containsExactly(1, 0, 0, 1);
        assertThatThrownBy(() -> of(DType.BOOL, 1).matmul(of(DType.BOOL, 1))).isInstanceOf(DTypeException.class);
        assertThat(Tensors.einsum("ij,jk", eye, eye).equal(eye)).isTrue();
        assertThatThrownBy(() -> Tensors.einsum("ij->ik", eye)).hasMessageStartingWith("einsum: the output");
    }
}
