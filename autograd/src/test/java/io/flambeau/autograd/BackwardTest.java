package io.flambeau.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What backward does to leaves, hooks and graphs, sentence by sentence as PyTorch does it. */
class BackwardTest {
    static Tensor leaf(double... values) {
        return Tensors.of(values).requiresGrad(true);
    }

    static AbstractThrowableAssert<?, ?> assertFault(Fault fault, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TensorException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    @Test
    void squareAtThree() {
        Tensor x = leaf(3);
        x.mul(x).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(6);
    }

    @Test
    void aGraphWithBranchesThatMeet() {
        Tensor x = leaf(2);
        Tensor y = x.add(3).square().sub(4);
        assertThat(y.item()).isEqualTo(21);
        y.backward();
        assertThat(x.grad().item()).isEqualTo(10);
        Tensor z = leaf(5);
        Tensor a = z.mul(2);
        Tensor b = z.mul(z);
        a.add(b).mul(a).sum().backward();
        // (2z + z²) 2z = 4z² + 2z³, whose derivative is 8z + 6z².
        assertThat(z.grad().item()).isEqualTo(8 * 5 + 6 * 25);
    }

    @Test
    void gradIsNullUntilFirstUseThenAccumulatesIntoTheSameTensor() {
        Tensor x = leaf(1, 2);
        assertThat(x.grad()).isNull();
        x.mul(3).sum().backward();
        Tensor first = x.grad();
        x.mul(4).sum().backward();
        assertThat(x.grad()).isSameAs(first);
        assertThat(first.toDoubleArray()).containsExactly(7, 7);
        x.zeroGrad();
        assertThat(x.grad()).isNull();
        assertThat(first.isLive()).isFalse();
    }

    @Test
    void gradKeepsTheDtypeOfTheLeaf() {
        Tensor x = Tensors.of(new float[] {1, 2}).requiresGrad(true);
        x.to(DType.F64).mul(Tensors.of(new double[] {3, 4})).sum().backward();
        assertThat(x.grad().dtype()).isEqualTo(DType.F32);
        assertThat(x.grad().toFloatArray()).containsExactly(3, 4);
    }

    @Test
    void leafGradientsAreContiguousAndShareNothing() {
        Tensor a = Tensors.zeros(2, 3).requiresGrad(true);
        Tensor b = Tensors.zeros(2, 3).requiresGrad(true);
        Tensor c = Tensors.zeros(3).requiresGrad(true);
        a.add(b).add(c).sum().backward();
        assertThat(a.grad().isContiguous()).isTrue();
        assertThat(a.grad().sharesMemory(b.grad())).isFalse();
        a.grad().fill_(5);
        assertThat(b.grad().toFloatArray()).containsOnly(1);
        assertThat(c.grad().toFloatArray()).containsOnly(2);
    }

    @Test
    void aSeedIsNeverWrittenNorBecomesTheGradient() {
        Tensor seed = Tensors.of(new double[] {1, 1});
        Tensor x = leaf(1, 2);
        x.backward(seed);
        x.backward(seed);
        assertThat(x.grad().toDoubleArray()).containsExactly(2, 2);
        assertThat(seed.toDoubleArray()).containsExactly(1, 1);
    }

    @Test
    void anythingButAScalarNeedsACotangent() {
        Tensor y = leaf(1, 2).mul(2);
        assertFault(Fault.NO_GRAPH, y::backward).hasMessageContaining("[2]");
        assertFault(Fault.BAD_GRADIENT, () -> y.backward(Tensors.zeros(DType.F64, 3)));
        Tensor x = leaf(1, 2);
        x.mul(2).backward(Tensors.of(new double[] {10, 100}));
        assertThat(x.grad().toDoubleArray()).containsExactly(20, 200);
    }

    @Test
    void whatDependsOnNothingCannotBeDifferentiated() {
        assertFault(Fault.NO_GRAPH, () -> Tensors.ones(1).backward());
        Tensor x = leaf(1);
        Tensor y = Tensors.noGrad(() -> x.mul(2));
        assertThat(y.requiresGrad()).isFalse();
        assertFault(Fault.NO_GRAPH, y::backward);
        assertThat(x.detach().requiresGrad()).isFalse();
        Tensor z = Tensors.noGrad(() -> Tensors.enableGrad(() -> x.mul(2)));
        assertThat(z.requiresGrad()).isTrue();
    }

    @Test
    void onlyFloatingAndComplexTensorsCanRequireGrad() {
        assertFault(Fault.BAD_DTYPE, () -> Tensors.of(new long[] {1}).requiresGrad(true));
        Tensor x = leaf(3, 1, 2);
        assertThat(x.gt(2).requiresGrad()).isFalse();
        assertThat(x.sort(0, false)[1].requiresGrad()).isFalse();
        assertThat(x.sort(0, false)[0].requiresGrad()).isTrue();
    }

    @Test
    void onlyLeavesStopRequiringGrad() {
        Tensor x = leaf(1);
        Tensor y = x.mul(2);
        assertFault(Fault.BAD_ARGUMENT, () -> y.requiresGrad(false));
        assertThat(x.requiresGrad(false).requiresGrad()).isFalse();
    }

    @Test
    void secondBackwardFailsOnlyIfSomethingWasSaved() {
        Tensor x = leaf(2);
        Tensor plus = x.add(1);
        plus.backward();
        plus.backward();
        assertThat(x.grad().item()).isEqualTo(2);

        Tensor square = x.mul(x);
        square.backward();
        assertFault(Fault.GRAPH_FREED, square::backward)
                .hasMessageContaining("mul")
                .hasMessageContaining("retainGraph");

        Tensor kept = x.mul(x);
        kept.backward(null, true, false);
        kept.backward();
        assertFault(Fault.GRAPH_FREED, kept::backward);
    }

    @Test
    void broadcastOperandsGetTheirGradientSummed() {
        Tensor a = Tensors.ones(DType.F64, 2, 3).requiresGrad(true);
        Tensor b = leaf(1, 2, 3);
        Tensor c = Tensors.ones(DType.F64, 2, 1).requiresGrad(true);
        a.mul(b).add(c).sum().backward();
        assertThat(a.grad().toDoubleArray()).containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(b.grad().toDoubleArray()).containsExactly(2, 2, 2);
        assertThat(c.grad().shape().sizes()).containsExactly(2, 1);
        assertThat(c.grad().toDoubleArray()).containsExactly(3, 3);
    }

    @Test
    void nonLeafGradientsNeedRetainGrad() {
        Tensor x = leaf(2);
        Tensor y = x.mul(3);
        Tensor z = y.mul(5).retainGrad();
        z.mul(7).sum().backward();
        assertThat(y.grad()).isNull();
        assertThat(z.grad().item()).isEqualTo(7);
        assertThat(x.grad().item()).isEqualTo(105);
    }

    @Test
    void hooksRunInOrderAndMayReplaceTheGradient() {
        List<String> calls = new ArrayList<>();
        Tensor x = leaf(2);
        Tensor y = x.mul(3);
        y.registerHook(g -> {
            calls.add("first " + g.item());
            return g.mul(10);
        });
        Runnable removed = y.registerHook(g -> {
            calls.add("removed");
            return null;
        });
        y.registerHook(g -> {
            calls.add("second " + g.item());
            return null;
        });
        y.retainGrad();
        removed.run();
        y.sum().backward();
        assertThat(calls).containsExactly("first 1.0", "second 10.0");
        assertThat(y.grad().item()).isEqualTo(10);
        assertThat(x.grad().item()).isEqualTo(30);
    }

    @Test
    void aHookOfALeafSeesTheWholeGradientOnceAndItsResultIsAccumulated() {
        List<Tensor> seen = new ArrayList<>();
        Tensor x = leaf(2);
        x.registerHook(g -> {
            seen.add(g);
            return g.neg();
        });
        x.mul(3).add(x.mul(4)).sum().backward();
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().item()).isEqualTo(7);
        assertThat(x.grad().item()).isEqualTo(-7);
        assertFault(Fault.BAD_GRADIENT, () -> {
            x.registerHook(g -> Tensors.zeros(5));
            x.mul(3).sum().backward();
        });
    }

    @Test
    void aHookAfterAccumulationMayStepAndDropTheGradient() {
        Tensor w = leaf(2);
        Runnable handle = w.registerPostAccumulateGradHook(t -> {
            Tensors.noGrad(() -> {
                t.sub_(t.grad().mul(0.5));
            });
            t.zeroGrad();
        });
        w.mul(3).add(w).sum().backward();
        assertThat(w.item()).isZero();
        assertThat(w.grad()).isNull();
        handle.run();
        w.mul(3).sum().backward();
        assertThat(w.grad().item()).isEqualTo(3);
        assertFault(Fault.NO_GRAPH, () -> w.mul(2).registerPostAccumulateGradHook(t -> {}));
    }

    @Test
    void severalOutputsAndChosenLeaves() {
        Tensor x = leaf(2);
        Tensor w = leaf(5);
        Tensor y = x.mul(w);
        Tensor z = x.square();
        Grad.backward(new Tensor[] {y, z}, new Tensor[] {null, Tensors.of(new double[] {10})}, true, false, x);
        assertThat(x.grad().item()).isEqualTo(45);
        assertThat(w.grad()).isNull();
        Grad.backward(new Tensor[] {z.mul(2)}, null, false, false, z);
        assertThat(z.grad().item()).as("a tensor that is no leaf").isEqualTo(2);
    }

    @Test
    void aBackwardInsideABackward() {
        Function inner = Function.of("inner", Tensor::square, (g, x) -> {
            Tensor leaf = x.detach().requiresGrad(true);
            Tensors.enableGrad(() -> {
                Tensor y = leaf.square().sum();
                y.backward();
                return y;
            });
            return g.mul(leaf.grad());
        });
        Tensor x = leaf(3);
        inner.apply(x).backward();
        assertThat(x.grad().item()).isEqualTo(6);
    }

    @Test
    void gradientsLeaveScopes() {
        Tensor x = leaf(2);
        Tensor[] caught = new Tensor[1];
        try (Scope _ = Scope.open("step")) {
            Tensor y = x.mul(x);
            y.registerHook(g -> {
                caught[0] = g;
                return null;
            });
            y.sum().backward();
        }
        assertThat(x.grad().item()).isEqualTo(4);
        try (Scope _ = Scope.open("step")) {
            x.mul(x).sum().backward();
        }
        assertThat(x.grad().item()).isEqualTo(8);
        assertThat(caught[0].isLive()).isFalse();
    }

    @Test
    void aGraphOutlivesTheScopesItWasMadeIn() {
        Tensor x = leaf(0.5, 1.5);
        Tensor y;
        Tensor inner;
        try (Scope scope = Scope.open("forward")) {
            inner = x.exp();
            y = scope.keepGraph(inner.mul(inner).sum());
        }
        assertThat(inner.isLive()).as("held by the graph").isTrue();
        y.backward();
        assertThat(inner.isLive()).as("let go when backward had used it").isFalse();
        assertThat(x.grad().toDoubleArray()[1]).isCloseTo(2 * Math.exp(3), within(1e-12));
    }

    @Test
    void undefinedCotangentsOfSeveralOutputsArriveAsZeros() {
        Tensor x = leaf(1, 2, 3, 4);
        Tensor[] parts = x.mul(1).split(2, 0);
        parts[1].mul(5).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 0, 5, 5);
    }

    @Test
    void aGraphOfAHundredThousandNodes() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) {
            y = y.add(1);
        }
        y.backward();
        assertThat(x.grad().item()).isEqualTo(1);
    }

    @Test
    void aWriteToALeafBetweenStepsIsLegalWithoutGradients() {
        Tensor x = leaf(1, 2);
        for (int i = 0; i < 3; i++) {
            x.mul(x).sum().backward();
            Tensors.noGrad(() -> {
                x.sub_(x.grad().mul(0.1));
            });
            x.zeroGrad();
        }
        assertThat(x.toDoubleArray()[0]).isCloseTo(0.512, within(1e-12));
    }

    @Test
    void aMissingLeafCostsNothing() {
        Tensor x = leaf(2);
        Tensor constant = Tensors.of(new double[] {3});
        Tensor y = x.mul(constant);
        y.backward();
        assertThat(constant.grad()).isNull();
        assertThat(x.grad().item()).isEqualTo(3);
    }
}
