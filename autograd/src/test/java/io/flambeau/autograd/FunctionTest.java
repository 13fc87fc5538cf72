package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

class FunctionTest {
    private static final Function EXCEPT_AT_THREE =
            Function.of("exceptAtThree", Tensor::clone, (g, x) -> g.mul(x.ne(3)));

    private static final Function DIVMOD = Function.of("divmod", in ->
                    new Tensor[] {in[0].div(in[1]), in[0].div(in[1]).floor()})
            .saving((in, out) -> new Tensor[] {in[1], out[0]})
            .constant(1)
            .backward((g, saved, needs) -> new Tensor[] {
                needs[0] ? g[0].div(saved[0]) : null,
                needs[1] ? g[0].mul(saved[1]).div(saved[0]).neg() : null
            });

    @Test
    void passesItsGradientExceptAtThree() {
        Tensor x = leaf(1, 3, 5);
        Tensor y = EXCEPT_AT_THREE.apply(x);
        assertThat(y.gradientOperation()).isEqualTo("exceptAtThree");
        y.mul(2).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(2, 0, 2);
    }

    @Test
    void severalInputsAndOutputsSomeWithoutGradient() {
        Tensor a = leaf(7);
        Tensor b = leaf(2);
        Tensor[] out = DIVMOD.applyAll(a, b);
        assertThat(out[0].item()).isEqualTo(3.5);
        assertThat(out[1].item()).isEqualTo(3);
        assertThat(out[1].requiresGrad()).isFalse();
        out[0].backward();
        assertThat(a.grad().item()).isEqualTo(0.5);
        assertThat(b.grad().item()).isEqualTo(-7.0 / 4);
        GradCheck.DEFAULT.checkAllTwice(in -> new Tensor[] {DIVMOD.apply(in)}, a, b);
    }

    @Test
    void savedValuesAreWatched() {
        Tensor a = leaf(7);
        Tensor b = Tensors.of(new double[] {2});
        Tensor y = DIVMOD.apply(a, b);
        b.add_(1);
        assertFault(Fault.OVERWRITTEN, y::backward).hasMessageStartingWith("divmod: ");
    }

    @Test
    void backwardMustGiveOneGradientForEachInput() {
        Function broken = Function.of("broken", in -> new Tensor[] {in[0].add(in[1])})
                .backward((g, saved, needs) -> new Tensor[] {g[0]});
        Tensor y = broken.apply(leaf(1), leaf(2));
        assertFault(Fault.BAD_GRADIENT, y::backward).hasMessageContaining("1 gradients for 2 inputs");
    }

    @Test
    void backwardMustGiveGradientsOfTheInputsShape() {
        Function broken = Function.of("broken", x -> x.mul(2), (g, x) -> g.sum());
        Tensor y = broken.apply(leaf(1, 2)).sum();
        assertFault(Fault.BAD_GRADIENT, y::backward).hasMessageContaining("broken");
    }

    @Test
    void withoutBackwardNoGradientFlows() {
        Tensor x = leaf(2);
        Tensor y = Function.of("round", in -> new Tensor[] {in[0].round()})
                .apply(x)
                .mul(x);
        y.backward();
        assertThat(x.grad().item()).isEqualTo(2);
    }

    @Test
    void anInputHandedBackIsAnOutputOfItsOwn() {
        Function same = Function.of("same", x -> x, (g, x) -> g.mul(10));
        Tensor x = leaf(2);
        Tensor y = same.apply(x);
        assertThat(y).isNotSameAs(x);
        assertThat(x.isLeaf()).isTrue();
        y.backward();
        assertThat(x.grad().item()).isEqualTo(10);
    }

    @Test
    void theForwardIsNotRecorded() {
        Function f = Function.of("f", x -> x.exp().mul(x), (g, x) -> g);
        assertThat(Graph.size(f.apply(leaf(2)))).isEqualTo(1);
    }
}
