package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Binary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits whether an operand is spread by its strides or copied, in place or apart, narrow or widened by hand. */
class BroadcastTest {
    private static final List<Binary> OPERATIONS =
            List.of(Binary.ADD, Binary.SUB, Binary.MUL, Binary.MAXIMUM, Binary.FLOOR_DIVIDE);
    private static final List<DType> DTYPES =
            List.of(DType.F32, DType.F64, DType.BF16, DType.F16, DType.I64, DType.I32, DType.I16, DType.U8, DType.C64);

    private static Tensor values(DType dtype, long... sizes) {
        return Tensors.randn(sizes).mul(4).abs().add(1).to(dtype);
    }

    private static void equal(Tensor got, Tensor want, String what) {
        assertThat(got.toDoubleArray()).as(what).isEqualTo(want.toDoubleArray());
    }

    /** Rows shorter and longer than a vector, than what is staged at a time and than what one call takes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 100, 1024, 1100, 16_500})
    void spreadOperands(int columns) {
        for (DType dtype : DTYPES) {
            Tensor x = values(dtype, 3, columns);
            for (Tensor y :
                    List.of(values(dtype, 3, 1), values(dtype, columns), values(dtype, 1), values(dtype, 3, columns))) {
                Tensor copied = y.expand(3, columns).contiguous();
                for (Binary op : OPERATIONS) {
                    if (op.isDefined(dtype)) {
                        String what = op + " of " + dtype + " and " + y.shape();
                        equal(Tensor.bind(op, x, y.expand(3, columns)), Tensor.bind(op, x, copied), what);
                        equal(Tensor.bind(op, y.expand(3, columns), x), Tensor.bind(op, copied, x), what);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 31, 33, 64, 65, 127, 1500})
    void inPlace(int n) {
        for (DType dtype : DTYPES) {
            Tensor x = values(dtype, n);
            Tensor y = values(dtype, n);
            Tensor sum = x.add(y);
            Tensor twice = x.add(x);
            equal(x.clone().add_(y), sum, "x += y in " + dtype);
            Tensor same = x.clone();
            equal(same.add_(same), twice, "x += x in " + dtype);
            if (dtype != DType.U8) {
                Tensor minus = x.neg();
                equal(x.clone().neg_(), minus, "x = -x in " + dtype);
            }
        }
    }

    @Test
    void halvesAreRoundedOnce() {
        double[] special = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, -1, 6e-8, 65504, 1e-5, 3e38, -7.25};
        for (DType dtype : List.of(DType.F16, DType.BF16)) {
            Tensor x = Tensors.cat(
                            0,
                            Tensors.of(special, special.length),
                            Tensors.randn(1000).to(DType.F64))
                    .to(dtype);
            Tensor y = x.flip(0).contiguous();
            for (Binary op : List.of(Binary.ADD, Binary.SUB, Binary.MUL, Binary.DIV, Binary.MAXIMUM, Binary.MINIMUM)) {
                Tensor wide = Tensor.bind(op, x.to(DType.F32), y.to(DType.F32)).to(dtype);
                equal(Tensor.bind(op, x, y), wide, op + " of " + dtype);
            }
        }
    }

    @Test
    void permutingCopies() {
        for (DType dtype : List.of(DType.F32, DType.F64, DType.BF16, DType.U8)) {
            for (int inner : new int[] {1, 2, 3, 4, 6, 16, 20, 32, 33, 40, 1100}) {
                Tensor x = Tensors.arange(5L * 7 * 3 * inner)
                        .remainder(Scalar.of(250))
                        .to(dtype)
                        .reshape(5, 7, 3, inner);
                double[] want = x.toDoubleArray();
                double[] got = x.permute(0, 2, 1, 3).contiguous().toDoubleArray();
                for (int i = 0; i < got.length; i++) {
                    int last = i % inner;
                    int middle = i / inner % 7;
                    int first = i / inner / 7 % 3;
                    int outer = i / inner / 21;
                    assertThat(got[i]).isEqualTo(want[((outer * 7 + middle) * 3 + first) * inner + last]);
                }
            }
        }
    }
}
