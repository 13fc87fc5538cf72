package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.op.loss.MseLoss;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.Softmax;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Mixed precision with PyTorch's lists. */
class AutocastTest {
    private static final Generator RANDOM = new Generator(3);
    private static final Tensor X = Tensors.rand(RANDOM, 4, 8);
    private static final Tensor W = Tensors.rand(RANDOM, 8, 8).requiresGrad(true);
    private static final Tensor B = Tensors.rand(RANDOM, 8).requiresGrad(true);

    private static Tensor linear(Tensor x) {
        return Tensor.bind(new Linear(true, Epilogue.NONE), x, W, B);
    }

    private static DType under(Supplier<Tensor> body) {
        return Autocast.call(DType.BF16, body).dtype();
    }

    @Test
    void productsAreNarrowed() {
        assertThat(under(() -> X.matmul(W))).isEqualTo(DType.BF16);
        assertThat(under(() -> X.mm(W))).isEqualTo(DType.BF16);
        assertThat(under(() -> linear(X))).isEqualTo(DType.BF16);
        assertThat(under(() -> linear(linear(X))))
                .as("half activations meet single weights")
                .isEqualTo(DType.BF16);
        assertThat(Autocast.call(DType.F16, () -> linear(X)).dtype()).isEqualTo(DType.F16);
        assertThat(under(() -> X.to(DType.F64).matmul(W.to(DType.F64)))).isEqualTo(DType.F64);
        assertThat(X.matmul(W).dtype()).isEqualTo(DType.F32);
    }

    @Test
    void lossesAreWidened() {
        MseLoss mse = new MseLoss(Reduction.MEAN);
        Tensor half = X.to(DType.BF16);
        assertThat(under(() -> Tensor.bind(mse, half, half))).isEqualTo(DType.F32);
        assertThat(Tensor.bind(mse, half, half).dtype()).isEqualTo(DType.BF16);
    }

    @Test
    void everythingElseKeepsWhatArrives() {
        Tensor half = X.to(DType.BF16);
        assertThat(under(() -> Tensor.bind(new Softmax(1), half))).isEqualTo(DType.BF16);
        assertThat(under(() -> Tensor.bind(new Softmax(1), X))).isEqualTo(DType.F32);
        assertThat(under(() -> half.sum())).isEqualTo(DType.BF16);
        assertThat(under(() -> half.add(half))).isEqualTo(DType.BF16);
        assertThat(under(() -> half.add(X))).as("promotes as usual").isEqualTo(DType.F32);
    }

    @Test
    void aNormOfHalfActivationsWithSingleParametersGivesHalf() {
        Tensor out = Autocast.call(DType.BF16, () -> Tensor.bind(new LayerNorm(1, true, true, 1e-5), linear(X), B, B));
        assertThat(out.dtype()).isEqualTo(DType.BF16);
    }

    @Test
    void parametersGetTheirGradientsInSinglePrecision() {
        Tensor expected = Grad.grad(linear(X).square().mean(), W)[0];
        Tensor actual =
                Grad.grad(Autocast.call(DType.BF16, () -> linear(X).square().mean()), W)[0];
        assertThat(actual.dtype()).isEqualTo(DType.F32);
        assertThat(actual.sub(expected).abs().amax().item()).isBetween(1e-6, 0.1);
    }

    @Test
    void decidesAtTheOutermostOperationOnly() {
        Function product = Function.of("product", in -> new Tensor[] {in[0].matmul(in[1])});
        assertThat(under(() -> product.apply(X, W))).isEqualTo(DType.F32);
    }

    @Test
    void canBeSwitchedOffInside() {
        assertThat(under(() -> Autocast.off(() -> X.matmul(W)))).isEqualTo(DType.F32);
        assertThat(under(() -> Autocast.call(DType.F16, () -> X.matmul(W)))).isEqualTo(DType.F16);
    }

    @Test
    void destinationsKeepTheirPrecision() {
        Tensor y = Tensors.zeros(4, 8);
        Autocast.run(DType.BF16, () -> y.add_(X.matmul(W)));
        assertThat(y.dtype()).isEqualTo(DType.F32);
    }

    @Test
    void checkpointsRunAgainUnderTheSameCasts() {
        Tensor y =
                Autocast.call(DType.BF16, () -> Checkpoint.call(x -> linear(x).tanh(), X));
        Tensor plain = Autocast.call(DType.BF16, () -> linear(X).tanh());
        assertThat(Grad.grad(y.sum(), W)[0].toFloatArray()).isEqualTo(Grad.grad(plain.sum(), W)[0].toFloatArray());
    }

    @Test
    void worksUnderVmap() {
        Tensor out =
                Autocast.call(DType.BF16, () -> Vmap.of(AutocastTest::linear).apply(X));
        assertThat(out.dtype()).isEqualTo(DType.BF16);
        assertThat(out.to(DType.F32).sub(linear(X)).abs().amax().item()).isCloseTo(0, within(0.05));
    }

    @Test
    void castsToHalfPrecisionOnly() {
        assertFault(Fault.BAD_DTYPE, () -> Autocast.call(DType.F64, () -> X));
    }
}
