package io.flambeau.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

class NullProviderTest {
    @Test
    void computesNothingButHasShapes() {
        Tensor x = Tensors.withDevice(Device.of("null"), () -> Tensors.ones(2, 3));
        Tensor y = x.matmul(x.t()).softmax(-1);
        assertThat(y.shape().sizes()).containsExactly(2, 2);
        assertThat(y.toFloatArray()).containsOnly(0);
    }
}
