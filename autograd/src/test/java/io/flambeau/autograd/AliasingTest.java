package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Writes and views of the same memory, in every order and of every kind; the expected gradients are PyTorch's. */
class AliasingTest {
    /** The numbers 0 to 5 as two rows of three. */
    private static Tensor leaf() {
        return Tensors.arange(6).to(DType.F64).reshape(2, 3).requiresGrad(true);
    }

    private static Tensor counted(Tensor x) {
        return Tensors.arange(x.count()).add(1).to(DType.F64).reshape(x.shape());
    }

    /** A program of the leaf, and the gradient of its result weighted by 1, 2, 3 and so on. */
    private static DynamicTest gives(String name, UnaryOperator<Tensor> program, double... gradient) {
        return dynamicTest(name, () -> {
            Tensor x = leaf();
            Tensor y = program.apply(x);
            y.mul(counted(y)).sum().backward();
            assertThat(x.grad().toDoubleArray()).containsExactly(gradient);
        });
    }

    private static UnaryOperator<Tensor> program(Function<Tensor, Tensor> result) {
        return x -> result.apply(x.mul(2));
    }

    @TestFactory
    Stream<DynamicTest> writesAreFollowed() {
        return Stream.of(
                gives(
                        "an earlier view of a base that was transposed in place",
                        program(y -> {
                            Tensor row = y.select(0, 0);
                            y.t_();
                            return row;
                        }),
                        2,
                        4,
                        6,
                        0,
                        0,
                        0),
                gives(
                        "a write through it",
                        program(y -> {
                            Tensor row = y.select(0, 0);
                            y.t_();
                            row.mul_(10);
                            return y;
                        }),
                        20,
                        60,
                        100,
                        4,
                        8,
                        12),
                gives(
                        "a write into the transposed base",
                        program(y -> {
                            Tensor row = y.select(0, 0);
                            y.t_();
                            y.mul_(10);
                            return row;
                        }),
                        20,
                        40,
                        60,
                        0,
                        0,
                        0),
                gives(
                        "a base that shows less than its earlier view",
                        program(y -> {
                            Tensor all = y.view(6);
                            y.asStrided_(Shape.of(2), new long[] {1}, 1);
                            y.mul_(3);
                            return all;
                        }),
                        0,
                        12,
                        18,
                        0,
                        0,
                        0),
                gives(
                        "a view of a view",
                        program(y -> {
                            y.view(3, 2).t().select(0, 0).mul_(5);
                            return y;
                        }),
                        10,
                        4,
                        30,
                        8,
                        50,
                        12),
                gives(
                        "a part of an expanded tensor",
                        program(y -> {
                            y.expand(4, 2, 3).select(0, 0).mul_(2);
                            return y;
                        }),
                        4,
                        8,
                        12,
                        16,
                        20,
                        24),
                gives(
                        "the base, then a view, seen by another view",
                        program(y -> {
                            Tensor diagonal = y.diagonal();
                            Tensor row = y.select(0, 0);
                            y.mul_(3);
                            diagonal.mul_(2);
                            return row;
                        }),
                        12,
                        12,
                        18,
                        0,
                        0,
                        0),
                gives(
                        "one of the pieces of tensorSplit",
                        program(y -> {
                            y.tensorSplit(2, 0)[0].mul_(2);
                            return y;
                        }),
                        4,
                        8,
                        12,
                        8,
                        10,
                        12),
                gives(
                        "a layout of a transposed tensor",
                        x -> x.mul(1).t().asStrided(Shape.of(2, 2), new long[] {1, 2}, 1),
                        0,
                        1,
                        3,
                        2,
                        4,
                        0),
                gives(
                        "a layout of an expanded tensor",
                        x -> x.select(0, 0).expand(2, 3).asStrided(Shape.of(2, 2), new long[] {1, 1}, 0),
                        1,
                        5,
                        4,
                        0,
                        0,
                        0));
    }

    @TestFactory
    Stream<DynamicTest> writesAreRefused() {
        return Stream.of(
                refused("an expanded tensor", Fault.OVERLAP, y -> y.expand(4, 2, 3)),
                refused("a layout that repeats", Fault.OVERLAP, y -> y.asStrided(Shape.of(3), new long[] {0}, 0)),
                refused("split", Fault.VIEW_WRITE, y -> y.split(1, 0)[0]),
                refused("splitWithSizes", Fault.VIEW_WRITE, y -> y.splitWithSizes(0, 1, 1)[1]),
                refused("chunk", Fault.VIEW_WRITE, y -> y.chunk(2, 0)[0]),
                refused("the one chunk there is", Fault.VIEW_WRITE, y -> y.chunk(1, 0)[0]),
                refused("unbind", Fault.VIEW_WRITE, y -> y.unbind(0)[1]),
                refused(
                        "unbind of one",
                        Fault.VIEW_WRITE,
                        y -> y.narrow(0, 0, 1).unbind(0)[0]),
                refused("a view of a piece", Fault.VIEW_WRITE, y -> y.unbind(0)[0].view(3, 1)));
    }

    private static DynamicTest refused(String name, Fault fault, UnaryOperator<Tensor> view) {
        return dynamicTest(name, () -> {
            Tensor y = leaf().mul(2);
            assertFault(fault, () -> view.apply(y).mul_(2)).hasMessageContaining("mul");
            assertThat(y.toDoubleArray()).containsExactly(0, 2, 4, 6, 8, 10);
            Tensor data = Tensors.zeros(DType.F64, 2, 3);
            Tensor one = Tensors.ones(DType.F64).requiresGrad(true);
            assertFault(fault, () -> view.apply(data).add_(one));
            assertThat(data.requiresGrad()).isFalse();
        });
    }

    @Test
    void aBaseThatLiesTransposedInMemoryIsFollowed() {
        Tensor base = Tensors.zeros(DType.F64, 3, 2).t().detach();
        Tensor w = Tensors.of(new double[] {1, 2, 3}).requiresGrad(true);
        base.select(0, 0).copy_(w);
        assertThat(base.requiresGrad()).isTrue();
        assertThat(base.toDoubleArray()).containsExactly(1, 2, 3, 0, 0, 0);
        base.square().sum().backward();
        assertThat(w.grad().toDoubleArray()).containsExactly(2, 4, 6);
    }

    @Test
    void aBaseWithGapsIsFollowed() {
        Tensor base = Tensors.zeros(DType.F64, 3, 4).narrow(1, 1, 2).detach();
        Tensor w = Tensors.of(new double[] {1, 2}).requiresGrad(true);
        base.diagonal().copy_(w);
        Tensor column = base.select(1, 0);
        base.select(0, 2).add_(w);
        assertThat(base.toDoubleArray()).containsExactly(1, 0, 0, 2, 1, 2);
        base.mul(counted(base)).sum().backward(null, true, false);
        assertThat(w.grad().toDoubleArray()).containsExactly(1 + 5, 4 + 6);
        w.zeroGrad();
        column.sum().backward();
        assertThat(w.grad().toDoubleArray()).containsExactly(2, 0);
    }

    @Test
    void complexNumbersAreWrittenThroughTheirParts() {
        Tensor x = Tensors.of(new double[] {1, 2, 3, -1}, 2, 2)
                .viewAsComplex()
                .clone()
                .requiresGrad(true);
        Tensor y = x.mul(2);
        y.viewAsReal().select(1, 0).mul_(3);
        y.abs().square().sum().backward();
        assertThat(x.grad().viewAsReal().toDoubleArray()).containsExactly(72, 16, 216, -8);
        x.zeroGrad();
        Tensor z = x.mul(2);
        z.imag().zero_();
        assertThat(z.viewAsReal().toDoubleArray()).containsExactly(2, 0, 6, 0);
        z.abs().square().sum().backward();
        assertThat(x.grad().viewAsReal().toDoubleArray()).containsExactly(8, 0, 24, 0);
        x.zeroGrad();
        Tensor turned = x.mul(2);
        Tensor imaginary = turned.imag();
        turned.mul_(Scalar.of(new Complex(0, 1)));
        assertThat(imaginary.toDoubleArray()).containsExactly(2, 6);
        imaginary.mul(counted(imaginary)).sum().backward();
        assertThat(x.grad().viewAsReal().toDoubleArray()).containsExactly(2, 0, 4, 0);
    }

    @Test
    void partsAreWrittenThroughComplexNumbers() {
        Tensor x = Tensors.arange(4).to(DType.F64).reshape(2, 2).requiresGrad(true);
        Tensor y = x.mul(2);
        Tensor complex = y.viewAsComplex();
        complex.mul_(Scalar.of(new Complex(0, 2)));
        assertThat(y.toDoubleArray()).containsExactly(-4, 0, -12, 8);
        y.mul(counted(y)).sum().backward(null, true, false);
        assertThat(x.grad().toDoubleArray()).containsExactly(8, -4, 16, -12);
        x.zeroGrad();
        y.mul_(5);
        complex.abs().square().sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 800, 1600, 2400);
    }

    /** Whether the write is meant to be followed is not known, and a constant in the base would be wrong in silence. */
    @Test
    void aViewFromANoGradBlockIsNotWrittenOutsideOfIt() {
        Tensor x = leaf();
        Tensor y = x.mul(2);
        Tensor hidden = Tensors.noGrad(() -> y.select(0, 0));
        assertFault(Fault.VIEW_WRITE, () -> hidden.mul_(5)).hasMessageContaining("gradients were off");
        Tensors.noGrad(() -> {
            hidden.mul_(5);
        });
        assertThat(y.toDoubleArray()).containsExactly(0, 10, 20, 6, 8, 10);
        y.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsOnly(2);
    }

    @Test
    void detachingInPlaceForgetsTheHistoryAndIsRefusedForViews() {
        Tensor x = leaf();
        Tensor y = x.mul(2);
        Tensor row = y.select(0, 0);
        assertFault(Fault.VIEW_WRITE, () -> row.detach_()).hasMessageContaining("detach()");
        y.detach_();
        assertThat(y.requiresGrad()).isFalse();
        assertThat(y.isLeaf()).isTrue();
        assertThat(row.requiresGrad()).isTrue();
        row.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(2, 2, 2, 0, 0, 0);
    }

    @Test
    void piecesFollowTheirBase() {
        Tensor x = leaf();
        Tensor y = x.mul(2);
        Tensor piece = y.split(1, 0)[0];
        y.mul_(5);
        piece.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(10, 10, 10, 0, 0, 0);
    }

    /** What is written, and with which operand: one that shares memory counts as it was before. */
    private record Overlap(UnaryOperator<Tensor> written, UnaryOperator<Tensor> operand) {
        double[] gradient(boolean shared) {
            Tensor x = Tensors.arange(9).to(DType.F64).reshape(3, 3).add(1).requiresGrad(true);
            Tensor y = x.mul(1);
            Tensor operand = operand().apply(y);
            written().apply(y).mul_(shared ? operand : operand.clone());
            y.mul(counted(y)).sum().backward();
            return x.grad().toDoubleArray();
        }
    }

    @Test
    void operandsThatShareMemoryAreReadFirst() {
        assertThat(List.of(
                        new Overlap(y -> y, y -> y),
                        new Overlap(y -> y, Tensor::t),
                        new Overlap(y -> y, y -> y.select(0, 0)),
                        new Overlap(y -> y.select(0, 0), y -> y.select(0, 1)),
                        new Overlap(y -> y.narrow(0, 1, 2), y -> y.narrow(0, 0, 2)),
                        new Overlap(y -> y.diagonal(), y -> y.select(1, 0)),
                        new Overlap(Tensor::t, y -> y.select(0, 2))))
                .allSatisfy(overlap -> assertThat(overlap.gradient(true)).containsExactly(overlap.gradient(false)));
    }
}
