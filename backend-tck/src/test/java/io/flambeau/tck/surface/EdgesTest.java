package io.flambeau.tck.surface;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Special;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** What hangs on the order of steps or on the dtype they are taken in; the expected values are PyTorch's. */
class EdgesTest {
    private static Tensor bytes(long... values) {
        return Tensors.of(values).to(DType.U8);
    }

    @Test
    void multiplesOfTruthsAreTruths() {
        Tensor x = Tensors.of(new long[] {1, 0}).to(DType.BOOL);
        assertThat(x.add(x, Scalar.of(2L)).toLongArray()).containsExactly(1, 0);
        assertThat(x.clone().add_(x.logicalNot(), Scalar.of(-3L)).toLongArray()).containsExactly(1, 1);
        Tensor index = Tensors.of(new long[] {1});
        Tensor sum = x.indexAdd(0, index, x.narrow(0, 0, 1), Scalar.of(2L));
        assertThat(sum.dtype()).isEqualTo(DType.BOOL);
        assertThat(sum.toLongArray()).containsExactly(1, 1);
    }

    @Test
    void sumsOfBytesAreWide() {
        Tensor product = Tensors.einsum("ik,j->ij", bytes(250, 3).reshape(1, 2), bytes(2));
        assertThat(product.dtype()).isEqualTo(DType.I64);
        assertThat(product.toLongArray()).containsExactly(506);
        assertThat(bytes(250, 10).trapezoid(2.0, 0).item()).isEqualTo(516);
    }

    @Test
    void trigammaIsHugeAtNegativeIntegers() {
        Tensor x = Tensors.of(new double[] {-3, -1});
        assertThat(Special.polygamma(1, x).toDoubleArray()[1]).isBetween(6.5e32, 6.6e32);
        for (DType dtype : new DType[] {DType.F32, DType.I8, DType.I16}) {
            double[] y = Special.polygamma(1, x.to(dtype)).toDoubleArray();
            assertThat(y[0]).isBetween(1.73e16, 1.74e16);
            assertThat(y[1]).isBetween(1.29e15, 1.3e15);
        }
    }

    /** Of equal numbers the later one counts, whose angle the sum keeps. */
    @Test
    void runningSumsOfComplexExponentialsKeepTheLaterAngle() {
        Tensor x = Tensors.zeros(DType.C128, 2)
                .add(Scalar.of(new Complex(1e4, 0)))
                .add(Tensors.of(new double[] {7000, 0}).mul(Scalar.of(new Complex(0, 1))));
        assertThat(x.logcumsumexp(0).imag().toDoubleArray()[1]).isBetween(-4.0, 4.0);
    }

    /** Three products of equal cost go from the left; each is rounded. */
    @Test
    void chainsOfThreeAreMultipliedFromTheLeft() {
        Tensor a = Tensors.of(new double[] {-8.5, -4.3125, -1.765625, -2.40625}, 2, 2)
                .to(DType.BF16);
        Tensor b = Tensors.of(new double[] {-7.9375, 3.609375, -0.57421875, -8.0625}, 2, 2)
                .to(DType.BF16);
        Tensor c = Tensors.of(new double[] {-3.03125, 1.1328125, 5.09375, 3.125}, 2, 2)
                .to(DType.BF16);
        assertThat(Linalg.multiDot(a, b, c).toDoubleArray())
                .containsExactly(a.matmul(b).matmul(c).toDoubleArray());
        assertThat(a.matmul(b.matmul(c)).toDoubleArray())
                .isNotEqualTo(a.matmul(b).matmul(c).toDoubleArray());
    }
}
