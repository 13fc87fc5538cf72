package io.flambeau.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Move;
import java.util.List;
import org.junit.jupiter.api.Test;

class NullProviderTest {
    @Test
    void computesNothingButHasShapes() {
        Tensor x = Tensors.withDevice(Device.of("null"), () -> Tensors.ones(2, 3));
        Tensor y = x.matmul(x.t()).softmax(-1);
        assertThat(y.shape().sizes()).containsExactly(2, 2);
        assertThat(y.toFloatArray()).containsOnly(0);
    }

    /** Two gibibytes and more pass through no single array. */
    @Test
    void movesMoreThanAnArrayHolds() {
        Device device = Device.of("null");
        long count = (1L << 31) + 5;
        Tensor x = Tensors.withDevice(device, () -> Tensors.zeros(DType.U8, count));
        Tensor y = Tensor.bind(new Move(device), x);
        assertThat(y.shape().sizes()).containsExactly(count);
    }

    @Test
    void movesInPiecesWhatLiesAnyhow() {
        Tensor x = Tensors.withDevice(
                Case.REFERENCE, () -> Tensors.arange(9_000_001).to(DType.I16));
        for (Tensor part : List.of(x, x.slice(0, 3, 8_999_990, 1), x.slice(0, 3, 8_999_990, 7))) {
            Tensor moved = part.to(new Device("reference", 1));
            assertThat(moved.device().index()).isEqualTo(1);
            assertThat(moved.toByteArray()).isEqualTo(part.toByteArray());
        }
    }
}
