package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** In-place operations under gradients: versions, views, and what is refused. */
class WritesTest {
    @Test
    void aLeafThatRequiresGradIsNotWritten() {
        Tensor x = leaf(1, 2);
        assertFault(Fault.LEAF_WRITE, () -> x.add_(1))
                .hasMessageContaining("add_")
                .hasMessageContaining("noGrad");
        assertFault(Fault.LEAF_WRITE, () -> x.narrow(0, 0, 1).zero_()).hasMessageContaining("view of a leaf");
        assertThat(x.toDoubleArray()).containsExactly(1, 2);
        Tensors.noGrad(() -> {
            x.add_(1);
        });
        assertThat(x.toDoubleArray()).containsExactly(2, 3);
        Tensor hidden = Tensors.noGrad(() -> x.narrow(0, 0, 1));
        assertFault(Fault.LEAF_WRITE, () -> hidden.zero_());
    }

    @Test
    void anOverwrittenOutputOfExpIsNoticed() {
        Tensor x = leaf(1, 2);
        Tensor y = x.exp();
        y.add_(1);
        assertFault(Fault.OVERWRITTEN, () -> y.sum().backward()).hasMessageStartingWith("exp: ");
    }

    @Test
    void anOverwrittenInputOfMulIsNoticed() {
        Tensor x = leaf(1, 2);
        Tensor y = x.add(0);
        Tensor z = y.mul(y);
        y.add_(1);
        assertFault(Fault.OVERWRITTEN, () -> z.sum().backward()).hasMessageStartingWith("mul: ");
        Tensor weight = Tensors.of(new double[] {3, 4});
        Tensor w = x.mul(weight);
        Tensors.noGrad(() -> {
            weight.zero_();
        });
        assertFault(Fault.OVERWRITTEN, () -> w.sum().backward());
    }

    @Test
    void nothingIsNoticedWhereNothingWasSaved() {
        Tensor x = leaf(1, 2);
        Tensor y = x.add(5);
        Tensor z = y.add(7);
        y.mul_(3);
        z.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(1, 1);
        y.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(4, 4);
    }

    @Test
    void anOperandThatNoNeededGradientReadsMayBeOverwritten() {
        Tensor x = leaf(1, 2);
        Tensor y = x.add(0);
        Tensor z = y.mul(Tensors.of(new double[] {3, 4}));
        y.zero_();
        z.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(3, 4);
    }

    @Test
    void reluInPlaceIsLegal() {
        Tensor x = leaf(-1, 2);
        Tensor y = x.mul(3).relu_();
        assertThat(y.gradientOperation()).isEqualTo("relu");
        y.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 3);
    }

    @Test
    void aChainOfWritesIsFollowed() {
        Tensor x = leaf(0.5, 2);
        Tensor y = x.exp().mul(1);
        y.neg_().add_(x).mul_(x);
        y.sum().backward();
        // (x - exp x) x
        assertThat(x.grad().toDoubleArray()[0]).isCloseTo(1 - 1.5 * Math.exp(0.5), within(1e-12));
        assertThat(x.grad().toDoubleArray()[1]).isCloseTo(4 - 3 * Math.exp(2), within(1e-12));
    }

    @Test
    void anInPlaceResultThatWasSavedIsNoticedToo() {
        Tensor y = leaf(0.5, 2).mul(1).exp_();
        y.neg_();
        assertFault(Fault.OVERWRITTEN, () -> y.sum().backward());
    }

    @Test
    void theOldValueIsSavedWhereTheGradientNeedsIt() {
        Tensor x = leaf(2, 3);
        Tensor y = x.mul(1);
        y.mul_(y);
        y.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(4, 6);
        Tensor w = leaf(5, 7);
        Tensor data = Tensors.of(new double[] {2, 3});
        data.mul_(w);
        assertThat(data.requiresGrad()).isTrue();
        data.sum().backward();
        assertThat(w.grad().toDoubleArray()).containsExactly(2, 3);
    }

    @Test
    void writingIntoAViewRewritesTheBase() {
        Tensor x = leaf(1, 2, 3, 4);
        Tensor y = x.mul(2);
        y.narrow(0, 0, 2).zero_();
        y.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 0, 2, 2);
    }

    @Test
    void aTrackedValueWrittenIntoAViewGetsItsGradient() {
        Tensor base = Tensors.zeros(DType.F64, 2, 3);
        Tensor row = leaf(1, 2, 3);
        base.select(0, 1).copy_(row);
        assertThat(base.requiresGrad()).isTrue();
        base.mul(Tensors.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3)).sum().backward();
        assertThat(row.grad().toDoubleArray()).containsExactly(4, 5, 6);
    }

    @Test
    void theViewItselfAndItsSiblingsFollowTheBase() {
        Tensor x = leaf(1, 2, 3, 4);
        Tensor y = x.mul(1);
        Tensor left = y.narrow(0, 0, 3);
        Tensor right = y.narrow(0, 1, 3);
        Tensor other = y.view(2, 2);
        left.mul_(10);
        assertThat(right.toDoubleArray()).containsExactly(20, 30, 4);
        right.sum().backward(null, true, false);
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 10, 10, 1);
        x.zeroGrad();
        other.square().sum().backward(null, true, false);
        assertThat(x.grad().toDoubleArray()).containsExactly(200, 400, 600, 8);
        x.zeroGrad();
        left.sum().backward(null, true, false);
        assertThat(x.grad().toDoubleArray()).containsExactly(10, 10, 10, 0);
        x.zeroGrad();
        y.mul_(y);
        right.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 400, 600, 8);
    }

    @Test
    void writesThroughTransposedAndStridedViews() {
        Tensor x = leaf(1, 2, 3, 4, 5, 6).reshape(2, 3).detach().requiresGrad(true);
        Tensor y = x.mul(1);
        y.t().select(0, 1).mul_(7);
        y.diagonal().add_(1);
        assertThat(y.toDoubleArray()).containsExactly(2, 14, 3, 4, 36, 6);
        y.square().sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(4, 2 * 14 * 7, 6, 8, 2 * 36 * 7, 12);
    }

    @Test
    void outputsOfSplitChunkAndUnbindAreNotWritten() {
        Tensor x = leaf(1, 2, 3, 4);
        Tensor y = x.mul(2);
        assertFault(Fault.VIEW_WRITE, () -> y.split(2, 0)[0].zero_()).hasMessageContaining("fill_");
        assertFault(Fault.VIEW_WRITE, () -> y.chunk(2, 0)[1].add_(1));
        assertFault(Fault.VIEW_WRITE, () -> y.unbind(0)[1].add_(1));
        Tensors.noGrad(() -> {
            y.split(2, 0)[0].zero_();
        });
        assertThat(y.toDoubleArray()).containsExactly(0, 0, 6, 8);
    }

    @Test
    void bitsAreNotWrittenUnderGradients() {
        Tensor y = leaf(1, 2, 3, 4).mul(2);
        Tensor bits = y.view(DType.I64);
        assertThat(bits.requiresGrad()).isFalse();
        assertFault(Fault.VIEW_WRITE, () -> bits.zero_()).hasMessageContaining("int64");
    }

    @Test
    void aTensorOverwrittenByAConstantStaysTracked() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(2);
        y.zero_();
        assertThat(y.requiresGrad()).isTrue();
        y.sum().backward();
        assertThat(x.grad()).isNull();
    }

    @Test
    void aDetachedAliasIsNotTrackedButItsWritesAreNoticed() {
        Tensor x = leaf(1, 2);
        Tensor y = x.exp();
        Tensor cut = y.detach();
        cut.zero_();
        assertThat(cut.requiresGrad()).isFalse();
        assertThat(y.toDoubleArray()).containsExactly(0, 0);
        assertFault(Fault.OVERWRITTEN, () -> y.sum().backward());
    }

    @Test
    void aWriteToAnUntrackedTensorUntracksNothing() {
        Tensor x = leaf(1, 2);
        Tensor buffer = Tensors.zeros(DType.F64, 2);
        for (int i = 0; i < 3; i++) {
            buffer.copy_(x.mul(i));
        }
        buffer.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(2, 2);
    }

    @Test
    void aWriteThatNarrowsTheDtypeIsFollowed() {
        Tensor x = leaf(1, 2);
        Tensor y = Tensors.zeros(2);
        y.add_(x.mul(3));
        assertThat(y.dtype()).isEqualTo(DType.F32);
        y.sum().backward();
        assertThat(x.grad().dtype()).isEqualTo(DType.F64);
        assertThat(x.grad().toDoubleArray()).containsExactly(3, 3);
    }

    @Test
    void noGradWritesKeepTheHistoryOfViews() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = x.mul(2);
        Tensor view = y.narrow(0, 1, 2);
        Tensors.noGrad(() -> {
            y.add_(100);
        });
        view.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 2, 2);
    }

    @Test
    void secondDerivativesThroughWrites() {
        GradCheck.DEFAULT.checkTwice(
                x -> {
                    Tensor y = x.mul(1);
                    y.mul_(y);
                    y.narrow(0, 1, 2).mul_(x.narrow(0, 0, 2)).add_(x.sum());
                    return y.mul(x);
                },
                leaf(0.5, -1.5, 2));
    }

    private static Tensor viewOf(Tensor x, int kind) {
        return switch (kind) {
            case 0 -> x;
            case 1 -> x.select(0, 1);
            case 2 -> x.narrow(1, 1, 2);
            case 3 -> x.t().select(0, 0);
            case 4 -> x.diagonal();
            case 5 -> x.view(6, 2).select(1, 1);
            default -> x.narrow(0, 0, 2).t().narrow(0, 1, 3);
        };
    }

    private static Tensor written(Tensor x, int kind, double c, boolean inPlace) {
        return switch (kind) {
            case 0 -> inPlace ? x.mul_(c) : x.mul(c);
            case 1 -> inPlace ? x.add_(c) : x.add(c);
            case 2 -> inPlace ? x.neg_() : x.neg();
            case 3 -> inPlace ? x.mul_(x) : x.mul(x);
            case 4 -> inPlace ? x.fill_(c) : x.mul(0).add(c);
            default -> inPlace ? x.tanh_() : x.tanh();
        };
    }

    /** Writes through views must do what choosing between the old and the new value does. */
    @Test
    void randomProgramsOfWritesAgreeWithTheirFunctionalForm() {
        for (int seed = 0; seed < 60; seed++) {
            int program = seed;
            Tensor at = Tensors.rand(
                    new Generator(seed), Tensors.zeros(DType.F64, 3, 4).spec());
            UnaryOperator<Tensor> inPlace = x -> {
                Random random = new Random(program);
                Tensor y = x.mul(1);
                Tensor watched = viewOf(y, random.nextInt(7));
                for (int step = 0; step < 5; step++) {
                    // A copy: the saved values of one write shall not be overwritten by the next.
                    y = random.nextBoolean() ? y.add(0) : y.mul(1);
                    watched = viewOf(y, random.nextInt(7));
                    written(viewOf(y, random.nextInt(7)), random.nextInt(6), random.nextDouble(), true);
                }
                return y.sum().add(watched.square().sum());
            };
            UnaryOperator<Tensor> functional = x -> {
                Random random = new Random(program);
                Tensor y = x.mul(1);
                int watched = random.nextInt(7);
                for (int step = 0; step < 5; step++) {
                    random.nextBoolean();
                    watched = random.nextInt(7);
                    Tensor mask = Tensors.zeros(DType.BOOL, 3, 4);
                    viewOf(mask, random.nextInt(7)).fill_(Scalar.of(true));
                    y = written(y, random.nextInt(6), random.nextDouble(), false)
                            .where(mask, y);
                }
                return y.sum().add(viewOf(y, watched).square().sum());
            };
            Grad.Pair actual = Grad.valueAndGrad(inPlace, at);
            Grad.Pair expected = Grad.valueAndGrad(functional, at);
            assertThat(actual.value().item())
                    .as("seed %d", seed)
                    .isCloseTo(expected.value().item(), within(1e-9));
            assertThat(actual.derivative().toDoubleArray())
                    .as("seed %d", seed)
                    .containsExactly(expected.derivative().toDoubleArray(), within(1e-9));
        }
    }

    @Test
    void aBaseThatIsItselfASliceOfStorage() {
        Tensor whole = Tensors.zeros(DType.F64, 6);
        Tensor y = whole.narrow(0, 2, 4).detach();
        Tensor x = leaf(5, 6);
        y.narrow(0, 1, 2).copy_(x);
        Tensor seed = Tensors.of(new double[] {9, 1, 2, 3, 4, 9}).narrow(0, 1, 4);
        y.backward(seed);
        assertThat(whole.toDoubleArray()).containsExactly(0, 0, 0, 5, 6, 0);
        assertThat(x.grad().toDoubleArray()).containsExactly(2, 3);
    }
}
