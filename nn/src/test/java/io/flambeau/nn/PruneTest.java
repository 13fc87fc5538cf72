package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.layer.Linear;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** The masks are PyTorch's. */
class PruneTest {
    private static final float[] WEIGHT = {0.5f, -0.1f, 0.9f, -2, 0.3f, 0.05f, -0.7f, 1.1f, 0.2f, -0.6f, 0.4f, 0.8f};

    private static Linear layer() {
        Linear layer = new Linear(4, 3, false);
        Tensors.noGrad(() -> {
            layer.weight().copy_(Tensors.of(WEIGHT, 3, 4));
        });
        return layer;
    }

    private static float[] mask(Linear layer) {
        return layer.stateDict().get("parametrizations.weight.0.mask").toFloatArray();
    }

    @Test
    void theSmallestGoFirstAndAgainFromWhatIsLeft() {
        Linear layer = Prune.l1Unstructured(layer(), "weight", 0.3);
        assertThat(mask(layer)).containsExactly(1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1);
        Prune.l1Unstructured(layer, "weight", 0.25);
        assertThat(mask(layer)).containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1);
        Prune.lnStructured(layer, "weight", 1L, 2, 0);
        assertThat(mask(layer)).containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0);
    }

    @Test
    void slicesAlongAnAxis() {
        assertThat(mask(Prune.lnStructured(layer(), "weight", 0.5, 1, 1)))
                .containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void whatIsPrunedHasNoGradient() {
        Linear layer = Prune.l1Unstructured(layer(), "weight", 5L);
        Tensor y = layer.call(Tensors.of(new float[] {1, 2, 3, 4}, 1, 4));
        assertThat(y.detach().toFloatArray()).containsExactly(new float[] {-4.8f, 2.3f, 2}, within(1e-5f));
        y.square().sum().backward();
        assertThat(layer.parameters().getFirst().grad().toFloatArray())
                .containsExactly(
                        new float[] {-9.6f, 0, -28.8f, -38.4f, 0, 0, 13.8f, 18.4f, 0, 8, 0, 16}, within(1e-4f));
    }

    @Test
    void removingKeepsTheZeros() {
        Linear layer = Prune.l1Unstructured(layer(), "weight", 11L);
        Sequential model = new Sequential(layer);
        assertThat(Prune.isPruned(model)).isTrue();
        Prune.remove(layer, "weight");
        assertThat(Prune.isPruned(model)).isFalse();
        assertThat(layer.stateDict().keySet()).containsExactly("weight");
        assertThat(layer.weight().isLeaf()).isTrue();
        assertThat(layer.weight().requiresGrad()).isTrue();
        assertThat(layer.weight().detach().add(0).toFloatArray()).containsExactly(0, 0, 0, -2, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void randomPruningTakesAsMany() {
        assertThat(sum(Prune.randomUnstructured(layer(), "weight", 0.5))).isEqualTo(6);
        assertThat(sum(Prune.randomUnstructured(Prune.randomUnstructured(layer(), "weight", 5L), "weight", 7L)))
                .isZero();
        assertThat(sum(Prune.randomStructured(layer(), "weight", 1L, 0))).isEqualTo(8);
        assertThat(sum(Prune.randomStructured(layer(), "weight", 0.5, -1))).isEqualTo(6);
    }

    private static double sum(Linear layer) {
        double sum = 0;
        for (float value : mask(layer)) {
            sum += value;
        }
        return sum;
    }

    @Test
    void masksOfOnesOwn() {
        Tensor mask = Tensors.ones(3, 4);
        mask.select(0, 1).fill_(0);
        Linear layer = Prune.customFromMask(layer(), "weight", mask);
        assertThat(layer.weight().detach().select(0, 1).abs().toFloatArray()).containsOnly(0);
        assertThat(layer.weight().detach().select(0, 0).toFloatArray()).containsExactly(0.5f, -0.1f, 0.9f, -2);
    }

    @Test
    void impossibleAmountsAreRefused() {
        assertThatThrownBy(() -> Prune.l1Unstructured(layer(), "weight", 1.5))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("1.5");
        Linear layer = layer();
        assertThatThrownBy(() -> Prune.l1Unstructured(layer, "weight", 13L)).hasMessageContaining("13 of the 12");
        assertThat(Prune.isPruned(layer)).isFalse();
        assertThatThrownBy(() -> Prune.l1Unstructured(layer(), "none", 1L)).hasMessageContaining("none");
    }
}
