package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private final Tensor w = leaf(0.5, -1, 2);
    private int calls;

    private Tensor block(Tensor x) {
        calls++;
        return x.mul(w).tanh().exp().mul(x);
    }

    private double[][] gradients(UnaryOperator<UnaryOperator<Tensor>> wrap) {
        Tensor x = leaf(1, 2, 3);
        w.grad(null);
        UnaryOperator<Tensor> f = wrap.apply(this::block);
        f.apply(f.apply(x)).sum().backward();
        return new double[][] {x.grad().toDoubleArray(), w.grad().toDoubleArray()};
    }

    @Test
    void givesTheSameGradientsAlsoForWhatTheFunctionClosesOver() {
        double[][] plain = gradients(f -> f);
        assertThat(calls).isEqualTo(2);
        double[][] checkpointed = gradients(f -> x -> Checkpoint.call(f, x));
        assertThat(calls).isEqualTo(6);
        assertThat(checkpointed).isDeepEqualTo(plain);
        double[][] nested = gradients(f -> x -> Checkpoint.call(y -> Checkpoint.call(f, y), x));
        assertThat(nested).isDeepEqualTo(plain);
    }

    @Test
    void keepsTheInputsAlone() {
        Tensor x = leaf(new double[1000]);
        try (Scope _ = Scope.open("forward")) {
            Tensor y = Checkpoint.call(z -> z.exp().exp().exp().exp(), x);
            assertThat(Graph.bytes(y)).isZero();
            Tensor plain = x.exp().exp().exp().exp();
            assertThat(Graph.bytes(plain)).isGreaterThanOrEqualTo(4 * 8000);
        }
    }

    @Test
    void letsItsInputsGoWhenTheyAreOfNoMoreUse() {
        Tensor x = leaf(1, 2);
        Tensor unsaved;
        Tensor used;
        Tensor y;
        try (Scope scope = Scope.open("forward")) {
            unsaved = x.mul(1);
            Checkpoint.call(z -> z.add(1), unsaved);
            used = x.mul(1);
            y = scope.keepGraph(Checkpoint.call(z -> z.exp().square(), used).sum());
        }
        assertThat(unsaved.isLive()).isFalse();
        assertThat(used.isLive()).isTrue();
        y.backward();
        assertThat(used.isLive()).isFalse();
    }

    @Test
    void worksWhereTheInputNeedsNoGradient() {
        Tensor x = Tensors.of(new double[] {1, 2, 3});
        w.grad(null);
        Checkpoint.call(this::block, x).sum().backward();
        double[] checkpointed = w.grad().toDoubleArray();
        w.grad(null);
        block(x).sum().backward();
        assertThat(checkpointed).isEqualTo(w.grad().toDoubleArray());
    }

    @Test
    void drawsTheSameRandomNumbersAgain() {
        Tensor x = leaf(1, 2, 3, 4);
        Tensors.manualSeed(7);
        Tensor[] drawn = new Tensor[2];
        int[] call = {0};
        Tensor y = Checkpoint.call(
                z -> {
                    try (Scope _ = Scope.none()) {
                        drawn[call[0]++] = Tensors.rand(4).to(DType.F64);
                    }
                    return z.mul(drawn[call[0] - 1]).square();
                },
                x);
        double next = Tensors.rand(1).item();
        Tensors.manualSeed(7);
        Tensors.rand(4);
        assertThat(Tensors.rand(1).item()).isEqualTo(next);
        y.sum().backward();
        assertThat(call[0]).isEqualTo(2);
        assertThat(drawn[1].toDoubleArray()).isEqualTo(drawn[0].toDoubleArray());
        double draw = Tensors.rand(1).item();
        Tensors.manualSeed(7);
        Tensors.rand(4);
        Tensors.rand(1);
        assertThat(Tensors.rand(1).item())
                .as("backward leaves the stream where it was")
                .isEqualTo(draw);
    }

    @Test
    void gradientsOfGradientsPassThrough() {
        GradCheck.DEFAULT.checkTwice(x -> Checkpoint.call(z -> z.sin().mul(z.exp()), x), leaf(0.3, -0.7));
    }

    @Test
    void aFunctionThatDoesNotRepeatItselfIsNoticed() {
        int[] call = {0};
        Tensor y = Checkpoint.call(z -> call[0]++ == 0 ? z.exp().exp() : z.exp(), leaf(1));
        assertFault(Fault.NOT_DIFFERENTIABLE, y::backward)
                .hasMessageContaining("saved 2 values")
                .hasMessageContaining("1 when");
    }

    @Test
    void anOverwrittenInputIsNoticed() {
        Tensor x = Tensors.of(new double[] {1, 2, 3});
        Tensor y = Checkpoint.call(this::block, x);
        x.add_(1);
        assertFault(Fault.OVERWRITTEN, () -> y.sum().backward()).hasMessageStartingWith("checkpoint: ");
    }

    @Test
    void withoutGradientsItIsAPlainCall() {
        Tensor y = Tensors.noGrad(() -> Checkpoint.call(this::block, leaf(1, 2, 3)));
        assertThat(y.requiresGrad()).isFalse();
        assertThat(calls).isEqualTo(1);
    }
}
