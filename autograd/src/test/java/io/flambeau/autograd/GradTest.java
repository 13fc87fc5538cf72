package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Gradients as results, and gradients of gradients. */
class GradTest {
    @Test
    void givesGradientsWithoutTouchingLeaves() {
        Tensor x = leaf(2);
        Tensor w = leaf(5);
        Tensor[] g = Grad.grad(x.mul(w).mul(x), x, w);
        assertThat(g[0].item()).isEqualTo(20);
        assertThat(g[1].item()).isEqualTo(4);
        assertThat(x.grad()).isNull();
    }

    @Test
    void unusedInputsAreAnErrorUnlessAllowed() {
        Tensor x = leaf(2);
        Tensor unused = leaf(3);
        assertFault(Fault.NO_GRAPH, () -> Grad.grad(x.mul(2), x, unused)).hasMessageContaining("input 1");
        Tensor[] g = Grad.grad(new Tensor[] {x.mul(2)}, null, new Tensor[] {x, unused}, false, false, true);
        assertThat(g[0].item()).isEqualTo(2);
        assertThat(g[1]).isNull();
        assertFault(Fault.NO_GRAPH, () -> Grad.grad(x.mul(2), Tensors.ones(1)));
    }

    @Test
    void gradientsOfIntermediateTensors() {
        Tensor x = leaf(2);
        Tensor y = x.square();
        Tensor z = y.mul(y);
        Tensor[] g = Grad.grad(z, y, x);
        assertThat(g[0].item()).isEqualTo(8);
        assertThat(g[1].item()).isEqualTo(32);
    }

    @Test
    void aRootThatIsAnInput() {
        Tensor x = leaf(2);
        Tensor y = x.mul(3);
        assertThat(Grad.grad(y, y)[0].item()).isEqualTo(1);
        assertThat(Grad.grad(x, x)[0].item()).isEqualTo(1);
    }

    @Test
    void twoRootsOfWhichOneFeedsTheOther() {
        Tensor x = leaf(3);
        Tensor a = x.square();
        Tensor b = a.mul(10);
        Tensor[] one = Grad.grad(new Tensor[] {a, b}, null, new Tensor[] {x}, true, false, false);
        Tensor[] two = Grad.grad(new Tensor[] {b, a}, null, new Tensor[] {x}, false, false, false);
        assertThat(one[0].item()).isEqualTo(66);
        assertThat(two[0].item()).isEqualTo(66);
    }

    @Test
    void derivativesOfAnyOrder() {
        Tensor x = leaf(2);
        Tensor y = x.mul(x).mul(x).mul(x);
        double[] expected = {32, 48, 48, 24};
        for (double e : expected) {
            y = Grad.grad(new Tensor[] {y}, null, new Tensor[] {x}, false, true, false)[0];
            assertThat(y.item()).isEqualTo(e);
        }
    }

    @Test
    void secondDerivativesThroughSavedOutputs() {
        Tensor x = leaf(0.3);
        Tensor g = Grad.grad(new Tensor[] {x.exp().tanh()}, null, new Tensor[] {x}, false, true, false)[0];
        Tensor gg = Grad.grad(g, x)[0];
        double e = Math.exp(0.3);
        double t = Math.tanh(e);
        double sech = 1 - t * t;
        assertThat(g.item()).isCloseTo(sech * e, within(1e-12));
        assertThat(gg.item()).isCloseTo(sech * e - 2 * t * sech * e * e, within(1e-12));
    }

    @Test
    void backwardWithCreateGraphGivesLeafGradientsWithHistory() {
        Tensor x = leaf(3);
        x.mul(x).mul(x).backward(null, true, true);
        Tensor first = x.grad();
        assertThat(first.item()).isEqualTo(27);
        assertThat(first.requiresGrad()).isTrue();
        assertThat(Grad.grad(first, x)[0].item()).isEqualTo(18);
    }

    @Test
    void withoutCreateGraphGradientsHaveNoHistory() {
        Tensor x = leaf(3);
        assertThat(Grad.grad(x.mul(x), x)[0].requiresGrad()).isFalse();
    }

    @Test
    void resultsBelongToTheScopeAroundTheCall() {
        Tensor x = leaf(3);
        Tensor g;
        Tensor kept;
        try (Scope scope = Scope.open("outer")) {
            g = Grad.grad(x.mul(x), x)[0];
            assertThat(g.item()).isEqualTo(6);
            kept = scope.keep(Grad.grad(x.mul(x), x)[0]);
        }
        assertThat(g.isLive()).isFalse();
        assertThat(kept.item()).isEqualTo(6);
    }

    @Test
    void complexGradientsFollowPyTorchsConvention() {
        // torch: z = (1+2j), L = |z|^2, dL/dz* = 2z; L = Re(z^2): grad = 2 conj(z).
        Tensor z = Tensors.of(new double[] {1, 2})
                .view(1, 2)
                .viewAsComplex()
                .detach()
                .requiresGrad(true);
        z.mul(z.conj()).viewAsReal().select(1, 0).sum().backward();
        assertThat(z.grad().toDoubleArray()).containsExactly(2, 4);
        z.zeroGrad();
        z.mul(z).viewAsReal().select(1, 0).sum().backward();
        assertThat(z.grad().toDoubleArray()).containsExactly(2, -4);
        assertThat(z.grad().dtype()).isEqualTo(DType.C128);
    }

    @Test
    void aRealFactorOfAComplexProductGetsARealGradient() {
        Tensor z = Tensors.of(new double[] {1, 2}).view(1, 2).viewAsComplex();
        Tensor r = leaf(3);
        r.mul(z).viewAsReal().sum().backward();
        assertThat(r.grad().dtype()).isEqualTo(DType.F64);
        assertThat(r.grad().toDoubleArray()).containsExactly(3);
    }
}
