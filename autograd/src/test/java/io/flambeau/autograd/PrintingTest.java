package io.flambeau.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** A tensor's text says whether it is a leaf, or what made it. */
class PrintingTest {
    private final Tensor x = Tensors.of(new float[] {1, 2}).requiresGrad(true);

    @Test
    void namesLeavesAndOperations() {
        assertThat(x).hasToString("tensor([1., 2.], requires_grad=True)");
        assertThat(x.mul(2)).hasToString("tensor([2., 4.], grad_fn=<MulBackward0>)");
        assertThat(x.softmax(0)).hasToString("tensor([0.2689, 0.7311], grad_fn=<SoftmaxBackward0>)");
        assertThat(x.mul(2).detach()).hasToString("tensor([2., 4.])");
        assertThat(Tensors.noGrad(() -> x.mul(2))).hasToString("tensor([2., 4.])");
    }
}
