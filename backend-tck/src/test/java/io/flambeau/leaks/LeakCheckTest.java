package io.flambeau.leaks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tck.LeakCheck;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Stands outside of the kit, whose lines are not a user's. */
class LeakCheckTest {
    private static final Device DEVICE = new Device("scarce", 0);
    private Tensor held = Tensors.scalar(0L);

    @Test
    void passesWhereEverythingGoesBack() {
        try (LeakCheck _ = LeakCheck.of(DEVICE);
                Scope _ = Scope.open("step")) {
            Tensors.withDevice(DEVICE, () -> Tensors.ones(1000)).add(1);
        }
    }

    @Test
    void namesTheLineOfWhatStays() {
        assertThatThrownBy(() -> {
                    try (LeakCheck _ = LeakCheck.of(DEVICE)) {
                        held = Tensors.withDevice(DEVICE, () -> Tensors.ones(1000));
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("4096 bytes")
                .hasMessageContaining("LeakCheckTest.java:");
        held = Tensors.scalar(0L);
    }
}
