package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Derivatives of functions. */
class FunctionalTest {
    private static final Tensor X = Tensors.of(new double[] {1, 2, 3});

    @Test
    void gradientsNest() {
        UnaryOperator<Tensor> cube = x -> x.mul(x).mul(x).sum();
        UnaryOperator<Tensor> first = Grad.of(cube);
        assertThat(first.apply(X).toDoubleArray()).containsExactly(3, 12, 27);
        UnaryOperator<Tensor> second = Grad.of(x -> first.apply(x).sum());
        assertThat(second.apply(X).toDoubleArray()).containsExactly(6, 12, 18);
        assertThat(Grad.of(x -> second.apply(x).sum()).apply(X).toDoubleArray()).containsExactly(6, 6, 6);
        assertThat(second.apply(X).requiresGrad()).isFalse();
        assertThat(Tensors.noGrad(() -> first.apply(X)).toDoubleArray()).containsExactly(3, 12, 27);
    }

    @Test
    void leavesTheArgumentAlone() {
        Tensor x = leaf(2);
        Tensor g = Grad.of(z -> z.square().sum()).apply(x);
        assertThat(x.grad()).isNull();
        assertThat(g.requiresGrad()).as("x requires grad").isTrue();
        g.sum().backward();
        assertThat(x.grad().item()).isEqualTo(2);
    }

    @Test
    void valuesComeAlong() {
        Grad.Pair pair = Grad.valueAndGrad(x -> x.square().sum(), X);
        assertThat(pair.value().item()).isEqualTo(14);
        assertThat(pair.derivative().toDoubleArray()).containsExactly(2, 4, 6);
    }

    @Test
    void productsWithTheJacobian() {
        Tensor m = Tensors.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        UnaryOperator<Tensor> f = x -> m.matmul(x.square());
        Grad.Pair vjp = Grad.vjp(f, X, Tensors.of(new double[] {1, 10}));
        assertThat(vjp.value().toDoubleArray()).containsExactly(36, 78);
        assertThat(vjp.derivative().toDoubleArray()).containsExactly(82, 208, 378);
        Grad.Pair jvp = Grad.jvp(f, X, Tensors.of(new double[] {1, 0, -1}));
        assertThat(jvp.value().toDoubleArray()).containsExactly(36, 78);
        assertThat(jvp.derivative().toDoubleArray()).containsExactly(2 - 18, 8 - 36);
    }

    @Test
    void jacobianAndHessian() {
        Tensor j = Grad.jacobian(x -> Tensors.stack(0, x.sum(), x.prod()), X);
        assertThat(j.shape().sizes()).containsExactly(2, 3);
        assertThat(j.toDoubleArray()).containsExactly(1, 1, 1, 6, 3, 2);
        Tensor h = Grad.hessian(x -> x.prod(), X);
        assertThat(h.shape().sizes()).containsExactly(3, 3);
        assertThat(h.toDoubleArray()).containsExactly(0, 3, 2, 3, 0, 1, 2, 1, 0);
        Tensor scalar = Grad.jacobian(x -> x.exp(), Tensors.scalar(1.0));
        assertThat(scalar.rank()).isZero();
        assertThat(scalar.item()).isCloseTo(Math.E, within(1e-6));
    }

    @Test
    void whatDoesNotDependOnTheArgumentHasZeroDerivatives() {
        assertThat(Grad.of(x -> Tensors.ones(1).sum()).apply(X).toDoubleArray()).containsExactly(0, 0, 0);
        Grad.Pair jvp = Grad.jvp(x -> x.sign(), X, X);
        assertThat(jvp.derivative().toDoubleArray()).containsExactly(0, 0, 0);
    }
}
