package io.flambeau.tck.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Elementwise arithmetic with promotion and broadcasting, by hand-computed values. */
class ArithmeticTest {
    @Test
    void addsElementwise() {
        Tensor sum = Tensors.of(new float[] {1, 2, 3}).add(Tensors.of(new float[] {10, 20, 30}));
        assertThat(sum.toFloatArray()).containsExactly(11, 22, 33);
        assertThat(sum.dtype()).isEqualTo(DType.F32);
    }

    @Test
    void broadcastsBothSides() {
        Tensor column = Tensors.of(new float[] {1, 2}, 2, 1);
        Tensor row = Tensors.of(new float[] {10, 20, 30});
        Tensor product = column.mul(row);
        assertThat(product.shape().sizes()).containsExactly(2, 3);
        assertThat(product.toFloatArray()).containsExactly(10, 20, 30, 20, 40, 60);
    }

    @Test
    void namesTheAxisThatDoesNotBroadcast() {
        assertThatThrownBy(() -> Tensors.zeros(2, 3).add(Tensors.zeros(3, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("add: shapes [2, 3] and [3, 2] do not broadcast: axis -1 is 3 on the left and 2 on the"
                        + " right (FB-104)");
    }

    @Test
    void promotesAsPyTorch() {
        Tensor bytes = Tensors.of(new byte[] {100, 100});
        assertThat(bytes.add(Tensors.of(new int[] {1, 2})).dtype()).isEqualTo(DType.I32);
        assertThat(bytes.add(1).dtype()).isEqualTo(DType.I8);
        assertThat(bytes.add(1.5).dtype()).isEqualTo(DType.F32);
        assertThat(bytes.add(Tensors.scalar(1L)).dtype()).isEqualTo(DType.I8);
        assertThat(bytes.add(Tensors.scalar(1.0)).dtype()).isEqualTo(DType.F32);
        assertThat(bytes.div(bytes).dtype()).isEqualTo(DType.F32);
        assertThat(bytes.add(Scalar.of(new Complex(0, 1))).dtype()).isEqualTo(DType.C64);
        assertThat(Tensors.of(new double[] {1}).add(Tensors.of(new float[] {1})).dtype())
                .isEqualTo(DType.F64);
        assertThat(Tensors.of(new double[] {1})
                        .add(Scalar.of(new Complex(0, 1)))
                        .dtype())
                .isEqualTo(DType.C128);
        assertThat(Tensors.of(new float[] {1})
                        .to(DType.F16)
                        .add(Tensors.of(new float[] {1}).to(DType.BF16))
                        .dtype())
                .isEqualTo(DType.F32);
    }

    @Test
    void integersWrap() {
        Tensor bytes = Tensors.of(new byte[] {100, -100});
        assertThat(bytes.add(bytes).toIntArray()).containsExactly(-56, 56);
        assertThat(bytes.to(DType.U8).toIntArray()).containsExactly(100, 156);
    }

    @Test
    void integerDivisionFollowsPython() {
        Tensor x = Tensors.of(new long[] {7, -7, 7, -7});
        Tensor y = Tensors.of(new long[] {2, 2, -2, -2});
        assertThat(x.floorDivide(y).toLongArray()).containsExactly(3, -4, -4, 3);
        assertThat(x.remainder(y).toLongArray()).containsExactly(1, 1, -1, -1);
        assertThat(x.fmod(y).toLongArray()).containsExactly(1, -1, 1, -1);
        assertThat(x.truncDivide(y).toLongArray()).containsExactly(3, -3, -3, 3);
        assertThat(x.div(y).toFloatArray()).containsExactly(3.5f, -3.5f, -3.5f, 3.5f);
        assertThatThrownBy(() -> x.floorDivide(Scalar.of(0L)))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("divisor is 0");
    }

    @Test
    void booleansAddAsOrAndMultiplyAsAnd() {
        Tensor x = Tensors.of(new boolean[] {true, true, false, false});
        Tensor y = Tensors.of(new boolean[] {true, false, true, false});
        assertThat(x.add(y).toBooleanArray()).containsExactly(true, true, true, false);
        assertThat(x.mul(y).toBooleanArray()).containsExactly(true, false, false, false);
        assertThat(x.bitwiseNot().toBooleanArray()).containsExactly(false, false, true, true);
        assertThatThrownBy(() -> x.sub(y)).isInstanceOf(DTypeException.class).hasMessageContaining("bitwiseXor");
    }

    @Test
    void halvesAreComputedInSinglePrecision() {
        Tensor x = Tensors.of(new float[] {1, 3.3f, 65504}).to(DType.F16);
        Tensor tenth = x.mul(0.1);
        assertThat(tenth.dtype()).isEqualTo(DType.F16);
        assertThat(tenth.toFloatArray())
                .containsExactly(half(0.1f), half(half(3.3f) * half(0.1f)), half(65504 * half(0.1f)));
        assertThat(x.add(x).toFloatArray()[2]).isInfinite();
    }

    private static float half(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    @Test
    void complexNumbers() {
        Tensor z = Tensors.of(new double[] {1, 2, 3, -4}, 2, 2).viewAsComplex();
        assertThat(z.mul(z).toDoubleArray()).containsExactly(-3, 4, -7, -24);
        assertThat(z.conj().toDoubleArray()).containsExactly(1, -2, 3, 4);
        assertThat(z.abs().toDoubleArray()[1]).isEqualTo(5);
        assertThat(z.abs().dtype()).isEqualTo(DType.F64);
    }

    @Test
    void comparesAndChooses() {
        Tensor x = Tensors.of(new float[] {1, Float.NaN, 3});
        assertThat(x.eq(x).toBooleanArray()).containsExactly(true, false, true);
        assertThat(x.isnan().toBooleanArray()).containsExactly(false, true, false);
        assertThat(x.gt(2).dtype()).isEqualTo(DType.BOOL);
        assertThat(x.where(x.gt(2), x.zerosLike()).toFloatArray()).containsExactly(0, 0, 3);
        assertThat(Tensors.of(new float[] {0.1f}).to(DType.F16).eq(0.1).itemBoolean())
                .isTrue();
    }

    @Test
    void castsTruncateTowardZero() {
        Tensor x = Tensors.of(new double[] {-1.9, 1.9, 0, 300});
        assertThat(x.to(DType.I32).toIntArray()).containsExactly(-1, 1, 0, 300);
        assertThat(x.to(DType.BOOL).toBooleanArray()).containsExactly(true, true, false, true);
        assertThat(x.to(DType.BF16).toFloatArray()).containsExactly(-1.8984375f, 1.8984375f, 0, 300);
    }

    @Test
    void writesInPlaceThroughViews() {
        Tensor x = Tensors.zeros(2, 3);
        x.select(0, 1).add_(5).mul_(2);
        assertThat(x.toFloatArray()).containsExactly(0, 0, 0, 10, 10, 10);
        x.t().narrow(0, 0, 1).fill_(-1);
        assertThat(x.toFloatArray()).containsExactly(-1, 0, 0, -1, 10, 10);
        x.add_(Tensors.of(new long[] {1, 2, 3}));
        assertThat(x.toFloatArray()).containsExactly(0, 2, 3, 0, 12, 13);
    }

    @Test
    void overlappingWritesReadFirst() {
        Tensor x = Tensors.arange(6);
        x.narrow(0, 1, 5).copy_(x.narrow(0, 0, 5));
        assertThat(x.toLongArray()).containsExactly(0, 0, 1, 2, 3, 4);
    }

    @Test
    void refusesWritesThatWouldEnlargeOrNarrow() {
        Tensor x = Tensors.arange(3);
        assertThatThrownBy(() -> x.add_(0.5)).isInstanceOf(DTypeException.class).hasMessageContaining("FB-122");
        assertThatThrownBy(() -> x.add_(Tensors.arange(6).reshape(2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("enlarge");
        assertThatThrownBy(() -> x.expand(2, 3).add_(1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FB-204");
    }
}
