package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

class InferenceTest {
    @Test
    void nothingIsRecorded() {
        Tensor x = leaf(2);
        Tensor y = Tensors.inferenceMode(() -> x.mul(2));
        assertThat(y.requiresGrad()).isFalse();
        Tensor z = Tensors.inferenceMode(() -> Tensors.enableGrad(() -> x.mul(2)));
        assertThat(z.requiresGrad()).as("gradients cannot be switched on again").isFalse();
    }

    @Test
    void itsTensorsCannotBeSaved() {
        Tensor x = leaf(2);
        Tensor y = Tensors.inferenceMode(() -> x.mul(2));
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> x.mul(y)).hasMessageContaining("inference mode");
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> x.mul(y.reshape(1, 1))).hasMessageContaining("clone");
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> x.mul(y.detach()));
        x.mul(y.clone()).backward();
        assertThat(x.grad().item()).isEqualTo(4);
        assertThat(x.add(y).requiresGrad()).as("nothing is saved").isTrue();
    }

    @Test
    void itsTensorsCannotBeWrittenOutside() {
        Tensor y = Tensors.inferenceMode(() -> Tensors.ones(2, 2));
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> y.add_(1)).hasMessageContaining("clone()");
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> y.copy_(Tensors.zeros(2, 2)));
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> y.zero_());
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> y.select(0, 0).fill_(2));
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> y.t_());
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> Tensors.noGrad(() -> y.mul_(2)));
        assertThat(y.toFloatArray()).containsOnly(1);
        Tensors.inferenceMode(() -> y.add_(1));
        assertThat(y.toFloatArray()).containsOnly(2);
        assertThat(y.clone().add_(1).toFloatArray()).containsOnly(3);
        assertThat(Tensors.ones(2, 2).add_(y).toFloatArray()).containsOnly(3);
    }

    @Test
    void othersTensorsMayBeWrittenInside() {
        Tensor x = Tensors.ones(2);
        Tensors.inferenceMode(() -> x.add_(1));
        assertThat(x.add_(1).toFloatArray()).containsOnly(3);
    }

    @Test
    void itsTensorsCannotRequireGradOutside() {
        Tensor y = Tensors.inferenceMode(() -> Tensors.ones(2));
        assertFault(Fault.NOT_DIFFERENTIABLE, () -> y.requiresGrad(true));
    }
}
