package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Reports name the user's line; the library's own packages, tests included, are passed over, so this one is elsewhere. */
class WatchingTest {
    private static final Device REFERENCE = Device.of("reference");

    @Test
    void watchingNamesTheLine() {
        Memory.watch(true);
        try (Scope _ = Scope.open("step")) {
            Tensors.withDevice(REFERENCE, () -> Tensors.zeros(DType.U8, 3 << 20));
            Tensors.withDevice(REFERENCE, () -> Tensors.zeros(DType.U8, 10));
            Memory.Holding largest = Memory.largest(REFERENCE, 1).getFirst();
            assertThat(largest.bytes()).isEqualTo(3 << 20);
            assertThat(largest.operation()).isEqualTo("fill");
            assertThat(largest.scope()).isEqualTo("step");
            assertThat(largest.site()).contains("WatchingTest.java:");
        } finally {
            Memory.watch(false);
        }
        assertThat(Memory.largest(REFERENCE, 1)).isEmpty();
    }
}
