package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static io.flambeau.autograd.BackwardTest.leaf;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

class GradCheckTest {
    @Test
    void passesWhatIsRight() {
        GradCheck.DEFAULT.checkTwice(x -> x.tanh().mul(x), leaf(0.5, -1, 2));
        GradCheck.DEFAULT.checkAllTwice(
                in -> new Tensor[] {in[0].matmul(in[1]), in[0].sum()},
                leaf(1, 2, 3, 4).reshape(2, 2).detach().requiresGrad(true),
                leaf(0.5, -1, 2, 1).reshape(2, 2).detach().requiresGrad(true));
    }

    @Test
    void namesTheLargestDifference() {
        Function wrong = Function.of("wrong", Tensor::square, (g, x) -> g.mul(x).mul(2.5));
        assertFault(Fault.GRADCHECK, () -> GradCheck.DEFAULT.check(wrong::apply, leaf(1, 4, 2)))
                .hasMessageContaining("element 1")
                .hasMessageContaining("is 10.0")
                .hasMessageContaining("largest difference");
    }

    @Test
    void findsAWrongSecondDerivative() {
        Function halfRight = Function.of(
                "halfRight", Tensor::square, (g, x) -> g.mul(x.detach()).mul(2));
        GradCheck.DEFAULT.check(halfRight::apply, leaf(1, 4));
        assertFault(Fault.GRADCHECK, () -> GradCheck.DEFAULT.checkTwice(halfRight::apply, leaf(1, 4)));
    }

    @Test
    void noticesNondeterminism() {
        Function shaky = Function.of(
                "shaky", x -> x.mul(1), (g, x) -> g.add(Tensors.rand(1).mul(1e-7)));
        assertFault(Fault.GRADCHECK, () -> GradCheck.DEFAULT.check(shaky::apply, leaf(1)))
                .hasMessageContaining("two runs");
        GradCheck.DEFAULT.nondet(1e-6).check(shaky::apply, leaf(1));
    }

    @Test
    void needsDoublePrecision() {
        Tensor x = Tensors.of(new float[] {1}).requiresGrad(true);
        assertFault(Fault.BAD_DTYPE, () -> GradCheck.DEFAULT.check(Tensor::exp, x))
                .hasMessageContaining("float64");
    }

    @Test
    void complexFunctions() {
        Tensor z = Tensors.of(new double[] {1, 2, -0.5, 0.3})
                .view(2, 2)
                .viewAsComplex()
                .detach()
                .requiresGrad(true);
        GradCheck.DEFAULT.checkTwice(x -> x.mul(x.conj()).mul(x), z);
        GradCheck.DEFAULT.checkTwice(Tensor::exp, z);
        GradCheck.DEFAULT.checkTwice(x -> x.abs(), z);
        Function wrong = Function.of("wrong", Tensor::square, (g, x) -> g.mul(x).mul(2));
        assertFault(Fault.GRADCHECK, () -> GradCheck.DEFAULT.check(wrong::apply, z));
    }

    @Test
    void functionsThatIgnoreAnInput() {
        GradCheck.DEFAULT.checkAll(in -> new Tensor[] {in[0].mul(3)}, leaf(1, 2), leaf(4));
        GradCheck.DEFAULT.check(x -> x.detach().mul(0), leaf(1, 2));
    }
}
