package io.flambeau.tck.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import org.junit.jupiter.api.Test;

/** Which dtype comes out, and which mixtures are refused; the expected dtypes are PyTorch's. */
class PromotionTest {
    private static final DType[] NARROW = {DType.BOOL, DType.U8, DType.I8, DType.I16, DType.I32};

    private final Tensor singles = Tensors.ones(2, 2);
    private final Tensor doubles = Tensors.ones(DType.F64, 2, 2);

    private static Tensor of(DType dtype, long... values) {
        return Tensors.of(values).to(dtype);
    }

    @Test
    void twoDtypesMeetInTheSmallestThatHoldsBoth() {
        assertThat(of(DType.U8, 1).add(of(DType.I8, 1)).dtype()).isEqualTo(DType.I16);
        assertThat(of(DType.F16, 1).add(of(DType.BF16, 1)).dtype()).isEqualTo(DType.F32);
        assertThat(of(DType.I64, 1).add(of(DType.F16, 1)).dtype()).isEqualTo(DType.F16);
    }

    @Test
    void numbersPromoteByCategoryOnly() {
        assertThat(of(DType.I32, 1).add(2).dtype()).isEqualTo(DType.I32);
        assertThat(of(DType.I32, 1).add(2.5).dtype()).isEqualTo(DType.F32);
        assertThat(of(DType.F16, 1).add(2.5).dtype()).isEqualTo(DType.F16);
        assertThat(of(DType.BOOL, 1).add(1).dtype()).isEqualTo(DType.I64);
    }

    @Test
    void aTensorWithoutAxesDoesNotWidenWithinItsCategory() {
        Tensor wide = Tensors.scalar(1.0).to(DType.F64);
        assertThat(singles.add(wide).dtype()).isEqualTo(DType.F32);
        assertThat(wide.add(singles).dtype()).isEqualTo(DType.F32);
        assertThat(of(DType.F16, 1).add(wide).dtype()).isEqualTo(DType.F16);
        assertThat(of(DType.I32, 1).add(Tensors.scalar(1L)).dtype()).isEqualTo(DType.I32);
    }

    @Test
    void aTensorWithoutAxesOfAHigherCategoryGivesItsDtype() {
        assertThat(of(DType.I64, 1).add(Tensors.scalar(1.0).to(DType.F16)).dtype())
                .isEqualTo(DType.F16);
        assertThat(of(DType.I32, 1).add(Tensors.scalar(1.0).to(DType.F64)).dtype())
                .isEqualTo(DType.F64);
        assertThat(of(DType.BOOL, 1).add(Tensors.scalar(1L).to(DType.U8)).dtype())
                .isEqualTo(DType.U8);
    }

    @Test
    void booleansStayBooleansAndDoNotSubtract() {
        Tensor x = of(DType.BOOL, 1, 0);
        assertThat(x.add(x).dtype()).isEqualTo(DType.BOOL);
        assertThat(x.add(x).toBooleanArray()).containsExactly(true, false);
        assertThat(x.mul(x).dtype()).isEqualTo(DType.BOOL);
        assertThatThrownBy(() -> x.sub(x)).isInstanceOf(DTypeException.class).hasMessageStartingWith("sub:");
        assertThatThrownBy(x::neg).isInstanceOf(DTypeException.class).hasMessageStartingWith("neg:");
    }

    @Test
    void trueDivisionOfIntegersIsFloating() {
        for (DType dtype : NARROW) {
            assertThat(of(dtype, 1).div(of(dtype, 1)).dtype()).isEqualTo(DType.F32);
        }
        assertThat(of(DType.I64, 7).div(Scalar.of(2L)).toFloatArray()).containsExactly(3.5f);
        assertThat(of(DType.I64, 7).floorDivide(Scalar.of(2L)).dtype()).isEqualTo(DType.I64);
    }

    @Test
    void catStackAndWherePromote() {
        Tensor ints = of(DType.I32, 1, 2);
        Tensor halves = of(DType.F16, 3, 4);
        Tensor joined = Tensors.cat(0, ints, halves);
        assertThat(joined.dtype()).isEqualTo(DType.F16);
        assertThat(joined.toFloatArray()).containsExactly(1, 2, 3, 4);
        assertThat(Tensors.stack(0, of(DType.U8, 1), of(DType.I8, -1)).dtype()).isEqualTo(DType.I16);
        Tensor chosen = Tensors.where(of(DType.BOOL, 1, 0), ints, Tensors.of(new double[] {0.5, 0.5}));
        assertThat(chosen.dtype()).isEqualTo(DType.F64);
        assertThat(chosen.toDoubleArray()).containsExactly(1, 0.5);
    }

    @Test
    void productsOfMatricesRefuseMixedDtypes() {
        assertThatThrownBy(() -> singles.matmul(doubles))
                .isInstanceOf(DTypeException.class)
                .hasMessageStartingWith("matmul:")
                .hasMessageContaining("float32")
                .hasMessageContaining("float64");
        assertThatThrownBy(() -> Tensors.bind(new Linear(false, Epilogue.NONE), singles, doubles))
                .isInstanceOf(DTypeException.class)
                .hasMessageStartingWith("linear:");
        assertThatThrownBy(() -> singles.mm(of(DType.I64, 1, 2).reshape(2, 1))).isInstanceOf(DTypeException.class);
    }

    @Test
    void lerpRefusesMixedDtypes() {
        assertThatThrownBy(() -> singles.lerp(doubles, 0.5))
                .isInstanceOf(DTypeException.class)
                .hasMessageStartingWith("lerp:");
        assertThatThrownBy(() -> singles.lerp(singles, doubles))
                .isInstanceOf(DTypeException.class)
                .hasMessageStartingWith("lerp:");
    }

    @Test
    void writesInPlaceMayNarrowWithinFloatingOnly() {
        Tensor x = of(DType.F16, 1, 2);
        assertThat(x.add_(Tensors.of(new double[] {0.5, 0.25}))).isSameAs(x);
        assertThat(x.dtype()).isEqualTo(DType.F16);
        assertThat(x.toFloatArray()).containsExactly(1.5f, 2.25f);
        Tensor y = of(DType.I64, 1);
        assertThatThrownBy(() -> y.add_(Tensors.ones(1)))
                .isInstanceOf(DTypeException.class)
                .hasMessageContaining("FB-122");
        assertThat(y.toLongArray()).containsExactly(1);
    }

    @Test
    void maskedFillTruncatesIntoIntegers() {
        Tensor filled = of(DType.I32, 5, 6).maskedFill(of(DType.BOOL, 1, 0), -1.5);
        assertThat(filled.dtype()).isEqualTo(DType.I32);
        assertThat(filled.toIntArray()).containsExactly(-1, 6);
    }

    @Test
    void maskedFillRefusesWhatTheDtypeCannotHold() {
        assertThatThrownBy(() -> of(DType.F16, 5, 6).maskedFill(of(DType.BOOL, 1, 0), -1e9))
                .hasMessageContaining("overflows float16");
    }

    @Test
    void clampByAFloatingBoundPromotes() {
        Tensor clamped = of(DType.I64, 0, 3).clamp(null, Scalar.of(0.5));
        assertThat(clamped.dtype()).isEqualTo(DType.F32);
        assertThat(clamped.toFloatArray()).containsExactly(0, 0.5f);
        assertThat(of(DType.I64, 0, 3).clamp(null, Scalar.of(1L)).dtype()).isEqualTo(DType.I64);
    }

    @Test
    void sumsAndProductsOfIntegersHaveSixtyFourBits() {
        for (DType dtype : NARROW) {
            Tensor x = of(dtype, 1, 1);
            assertThat(x.sum().dtype()).isEqualTo(DType.I64);
            assertThat(x.sum(0).dtype()).isEqualTo(DType.I64);
            assertThat(x.prod().dtype()).isEqualTo(DType.I64);
            assertThat(x.cumsum(0).dtype()).isEqualTo(DType.I64);
            assertThat(x.cumsum(0).toLongArray()).containsExactly(1, 2);
            assertThat(x.cumprod(0).dtype()).isEqualTo(DType.I64);
        }
        assertThat(of(DType.I8, 100, 100, 100).prod().itemLong()).isEqualTo(1_000_000);
    }

    @Test
    void meanOfIntegersIsRefused() {
        for (DType dtype : NARROW) {
            assertThatThrownBy(() -> of(dtype, 1).mean())
                    .isInstanceOf(DTypeException.class)
                    .hasMessageStartingWith("mean:");
        }
    }

    @Test
    void functionsOnRealsTakeIntegersAsSingles() {
        for (DType dtype : NARROW) {
            assertThat(of(dtype, 1).sqrt().dtype()).isEqualTo(DType.F32);
            assertThat(of(dtype, 1).exp().dtype()).isEqualTo(DType.F32);
        }
        assertThat(of(DType.I64, 16).sqrt().toFloatArray()).containsExactly(4);
        assertThat(of(DType.I64, 16).sqrt().dtype()).isEqualTo(DType.F32);
    }

    @Test
    void allAndAnyOfBytesStayBytes() {
        assertThat(of(DType.U8, 3, 0).all().dtype()).isEqualTo(DType.U8);
        assertThat(of(DType.U8, 3, 0).any().dtype()).isEqualTo(DType.U8);
        assertThat(of(DType.U8, 3, 0).any().itemLong()).isEqualTo(1);
        assertThat(of(DType.I8, 3, 0).any().dtype()).isEqualTo(DType.BOOL);
        assertThat(of(DType.F32, 3, 0).all().dtype()).isEqualTo(DType.BOOL);
    }

    @Test
    void makersTakeTheDtypeOfTheirNumbers() {
        assertThat(Tensors.arange(3).dtype()).isEqualTo(DType.I64);
        assertThat(Tensors.arange(Scalar.of(0L), Scalar.of(3L), Scalar.of(1L)).dtype())
                .isEqualTo(DType.I64);
        Tensor floats = Tensors.arange(Scalar.of(0L), Scalar.of(3L), Scalar.of(1.5));
        assertThat(floats.dtype()).isEqualTo(DType.F32);
        assertThat(floats.toFloatArray()).containsExactly(0, 1.5f);
        assertThat(Tensors.full(Scalar.of(1L), 2).dtype()).isEqualTo(DType.I64);
        assertThat(Tensors.full(Scalar.of(1.0), 2).dtype()).isEqualTo(DType.F32);
        assertThat(Tensors.full(Scalar.of(true), 2).dtype()).isEqualTo(DType.BOOL);
    }

    @Test
    void castsTruncateAndBytesWrap() {
        assertThat(Tensors.of(new float[] {-2.7f, 2.7f}).to(DType.I8).toIntArray())
                .containsExactly(-2, 2);
        assertThat(of(DType.U8, 250).add(10).toIntArray()).containsExactly(4);
        assertThat(of(DType.U8, 1).neg().toIntArray()).containsExactly(255);
        assertThat(of(DType.U8, 0).sub(1).dtype()).isEqualTo(DType.U8);
        assertThat(of(DType.U8, 0).sub(1).toIntArray()).containsExactly(255);
    }
}
