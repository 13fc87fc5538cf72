package io.flambeau.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Averages of weights, and the scale of gradients. */
class AveragesAndScalesTest {
    private final Tensor p = Tensors.of(new float[] {1, 2}, 2).requiresGrad(true);

    private void set(float first, float second) {
        Tensors.noGrad(() -> {
            p.copy_(Tensors.of(new float[] {first, second}, 2));
        });
    }

    @Test
    void meansAndMovingAverages() {
        WeightAverage mean = WeightAverage.equal(Map.of("p", p));
        WeightAverage moving = WeightAverage.exponential(Map.of("p", p), 0.75);
        for (float x : new float[] {2, 4, 8}) {
            set(x, -x);
            mean.update();
            moving.update();
        }
        assertThat(mean.values().get("p").toFloatArray()[0]).isBetween(4.6666f, 4.6667f);
        assertThat(moving.values().get("p").toFloatArray()).containsExactly(3.875f, -3.875f);
        double inside = moving.with(() -> p.detach().select(0, 0).item());
        assertThat(inside).isEqualTo(3.875);
        assertThat(p.detach().toFloatArray()).containsExactly(8, -8);
        WeightAverage resumed = WeightAverage.exponential(Map.of("p", p), 0.75);
        resumed.load(moving.values(), moving.count());
        resumed.update();
        moving.update();
        assertThat(resumed.values().get("p").equal(moving.values().get("p"))).isTrue();
    }

    @Test
    void leavesStepsOutThatAreNotFinite() {
        GradScaler scaler = new GradScaler(GradScaler.options().initial(4).interval(2));
        Sgd sgd = new Sgd(List.of(p), Sgd.options().lr(1));
        for (int i = 0; i < 2; i++) {
            sgd.zeroGrad();
            scaler.scale(p.sum()).backward();
            assertThat(p.grad().toFloatArray()).containsExactly(4, 4);
            assertThat(scaler.step(sgd)).isTrue();
            scaler.update();
        }
        assertThat(p.detach().toFloatArray()).containsExactly(-1, 0);
        assertThat(scaler.scale()).isEqualTo(8);
        sgd.zeroGrad();
        scaler.scale(p.sum().mul(Float.POSITIVE_INFINITY)).backward();
        assertThat(scaler.step(sgd)).isFalse();
        assertThat(p.detach().toFloatArray()).containsExactly(-1, 0);
        scaler.update();
        assertThat(scaler.scale()).isEqualTo(4);
        GradScaler other = new GradScaler();
        other.loadStateDict(scaler.stateDict());
        assertThat(other.stateDict()).containsEntry("scale", 4.0).containsEntry("_growth_tracker", 0L);
    }

    @Test
    void unscalesOnce() {
        GradScaler scaler = new GradScaler();
        Sgd sgd = new Sgd(List.of(p), Sgd.options());
        scaler.scale(p.sum()).backward();
        scaler.unscale(sgd);
        assertThat(p.grad().toFloatArray()).containsExactly(1, 1);
        assertThatThrownBy(() -> scaler.unscale(sgd)).isInstanceOf(TensorException.class);
        assertThat(scaler.step(sgd)).isTrue();
        scaler.update();
        assertThatThrownBy(scaler::update).isInstanceOf(TensorException.class);
    }
}
