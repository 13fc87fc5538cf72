package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Embedding;
import io.flambeau.nn.layer.GRU;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MultiheadAttention;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What parameters start with, by their statistics. */
class InitTest {
    @BeforeEach
    void seed() {
        Tensors.manualSeed(7);
    }

    private static void uniform(Tensor t, double bound) {
        double[] values = t.detach().toDoubleArray();
        double square = 0;
        for (double x : values) {
            assertThat(Math.abs(x)).isLessThanOrEqualTo(bound);
            square += x * x;
        }
        assertThat(Math.sqrt(square / values.length)).isCloseTo(bound / Math.sqrt(3), within(0.05 * bound));
    }

    @Test
    void drawnValuesLeaveOnlyTheParameter() {
        Tensor t = Tensors.empty(500, 500);
        Memory.resetPeak(Device.CPU);
        long before = Memory.usage(Device.CPU).live();
        Init.uniform(t, -1, 1);
        assertThat(Memory.usage(Device.CPU).peak()).isGreaterThan(before);
        assertThat(Memory.usage(Device.CPU).live()).isLessThanOrEqualTo(before);
    }

    @Test
    void layersStartAsInPyTorch() {
        uniform(new Linear(100, 200).weight(), 0.1);
        uniform(new Conv2d(4, 100, 5).weight(), 0.1);
        for (Map.Entry<String, Tensor> p : new GRU(30, 100).namedParameters().entrySet()) {
            uniform(p.getValue(), 0.1);
        }
        Map<String, Tensor> attention = new MultiheadAttention(60, 2).namedParameters();
        uniform(attention.get("in_proj_weight"), Math.sqrt(6.0 / 240));
        assertThat(attention.get("in_proj_bias").detach().abs().amax().item()).isZero();
        assertThat(attention.get("out_proj.bias").detach().abs().amax().item()).isZero();
        Tensor rows = new Embedding(200, 100).weight().detach();
        assertThat(rows.mean().item()).isCloseTo(0, within(0.03));
        assertThat(rows.std().item()).isCloseTo(1, within(0.03));
    }

    @Test
    void spreadsFollowTheFans() {
        Tensor t = Tensors.empty(100, 300);
        assertThat(Init.xavierNormal(t, 1).std().item()).isCloseTo(Math.sqrt(2.0 / 400), within(0.002));
        assertThat(Init.kaimingNormal(t, 0, Init.Mode.FAN_IN, Init.Nonlinearity.RELU)
                        .std()
                        .item())
                .isCloseTo(Math.sqrt(2.0 / 300), within(0.002));
        uniform(
                Init.kaimingUniform(t, Math.sqrt(5), Init.Mode.FAN_IN, Init.Nonlinearity.LEAKY_RELU),
                Math.sqrt(1.0 / 300));
        Tensor cut = Init.truncNormal(t, 0, 1, -1, 2);
        assertThat(cut.amin().item()).isGreaterThanOrEqualTo(-1);
        assertThat(cut.amax().item()).isLessThanOrEqualTo(2).isGreaterThan(1.9);
        assertThat(Init.sparse(t, 0.25, 1).eq(0).sum(0).toLongArray()).containsOnly(25);
    }

    @Test
    void orthogonalRowsOrColumns() {
        Tensor wide = Init.orthogonal(Tensors.empty(3, 2, 4), 2).reshape(3, 8);
        assertThat(wide.matmul(wide.t()).allclose(Tensors.eye(3).mul(4), 1e-5, 1e-5, false))
                .isTrue();
        Tensor tall = Init.orthogonal(Tensors.empty(7, 4), 1);
        assertThat(tall.t().matmul(tall).allclose(Tensors.eye(4), 1e-5, 1e-5, false))
                .isTrue();
        assertThatThrownBy(() -> Init.orthogonal(Tensors.empty(4), 1)).hasMessageContaining("[4]");
    }

    @Test
    void parametersAreOneVector() {
        Linear layer = new Linear(2, 3);
        Tensor vector = ParameterVector.of(layer.parameters());
        assertThat(vector.shape().sizes()).containsExactly(9);
        ParameterVector.copy(Tensors.arange(9).to(DType.F32), layer.parameters());
        assertThat(layer.weight().detach().toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(layer.bias().detach().toFloatArray()).containsExactly(6, 7, 8);
        assertThatThrownBy(() -> ParameterVector.copy(Tensors.zeros(8), layer.parameters()))
                .hasMessageContaining("9 elements");
    }
}
