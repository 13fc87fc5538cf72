package io.flambeau.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tck.Shadow;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Shadow mode on a backend that is wrong on purpose; in a package of its own, as a user's lines are. */
class ShadowTest {
    private static final Device FAULTY = new Device("faulty", 0);

    @Test
    void theFirstOperationThatDiffersIsNamedWithShapesAndTheLineThatCalledIt() {
        Tensor x = Tensors.withDevice(FAULTY, () -> Tensors.of(new float[][] {{0.5f, 1}, {2, 3}}));

        assertThat(x.exp().sum().item()).isPositive();
        assertThatThrownBy(() -> Shadow.run(() -> x.exp().sin().tanh()))
                .isInstanceOf(DeviceException.class)
                .hasMessageStartingWith("sin: faulty:0 and reference:0 differ: output 0: element 0 is ")
                .hasMessageContaining("; inputs [2, 2] float32; called at ")
                .hasMessageContaining("ShadowTest.java:")
                .hasMessageEndingWith("(" + Fault.BACKEND_DIFFERS.code() + ")");
    }

    @Test
    void writesAreLookedAtToo() {
        Tensor x = Tensors.withDevice(FAULTY, () -> Tensors.of(new float[] {0.5f, 1}));

        assertThatThrownBy(() -> Shadow.run(x::sin_)).hasMessageStartingWith("sin: faulty:0 and reference:0 differ");
    }
}
