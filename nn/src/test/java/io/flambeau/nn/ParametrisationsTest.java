package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MultiheadAttention;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weight and spectral norm; the numbers are PyTorch's. */
class ParametrisationsTest {
    private static Linear layer(boolean bias) {
        Linear layer = new Linear(3, 2, bias);
        Tensors.noGrad(() -> {
            layer.weight().copy_(Tensors.arange(1, 7).reshape(2, 3).div(3.0));
        });
        return layer;
    }

    @Test
    void weightNormTrainsLengthAndDirection() {
        Linear layer = Parametrisations.weightNorm(layer(false), "weight");
        assertThat(layer.stateDict().keySet())
                .containsExactly("parametrizations.weight.original0", "parametrizations.weight.original1");
        Tensor y = layer.call(Tensors.of(new float[] {1, -1, 2}, 1, 3));
        y.square().sum().backward();
        assertThat(y.detach().toFloatArray()).containsExactly(new float[] {1.6666666f, 3.6666667f}, within(1e-5f));
        Tensor length = layer.namedParameters().get("parametrizations.weight.original0");
        Tensor direction = layer.namedParameters().get("parametrizations.weight.original1");
        assertThat(length.detach().toFloatArray()).containsExactly(new float[] {1.2472191f, 2.924988f}, within(1e-5f));
        assertThat(length.grad().toFloatArray()).containsExactly(new float[] {4.454354f, 9.19282f}, within(1e-4f));
        assertThat(direction.grad().toFloatArray())
                .containsExactly(
                        new float[] {2.142857f, -5.714286f, 3.095238f, 3.1428566f, -12.571429f, 8.380952f},
                        within(1e-4f));
    }

    @Test
    void twoCallsBeforeBackwardAddUp() {
        Linear layer = Parametrisations.weightNorm(layer(true), "weight");
        Tensor x = Tensors.randn(4, 3);
        layer.call(x).sum().backward();
        Tensor once = layer.namedParameters()
                .get("parametrizations.weight.original1")
                .grad()
                .clone();
        layer.zeroGrad();
        layer.call(x).sum().add(layer.call(x).sum()).backward();
        Tensor twice =
                layer.namedParameters().get("parametrizations.weight.original1").grad();
        assertThat(twice.allclose(once.mul(2), 1e-4, 1e-6, false)).isTrue();
    }

    /** The weight after the keys were set, and the gradient of what was set, are PyTorch's. */
    private static void orthogonal(
            OrthogonalMap map, int rows, int columns, float[] base, float[] original, float[] weight, float[] grad) {
        Linear layer = Parametrisations.orthogonal(new Linear(columns, rows, false), "weight", map);
        int order = Math.max(rows, columns);
        layer.loadStateDict(Map.of(
                "parametrizations.weight.original",
                Tensors.of(original, rows, columns),
                "parametrizations.weight.0.base",
                Tensors.of(base, order, order)));
        Tensor y = layer.call(Tensors.arange(1, columns + 1).to(DType.F32).reshape(1, columns));
        y.mul(Tensors.arange(1, rows + 1)).sum().backward();
        assertThat(layer.weight().detach().toFloatArray()).containsExactly(weight, within(1e-5f));
        Tensor leaf = layer.namedParameters().get("parametrizations.weight.original");
        assertThat(leaf.grad().toFloatArray()).containsExactly(grad, within(1e-4f));
    }

    @Test
    void orthogonalMapsAreThoseOfPyTorch() {
        float[] base = {0.18898225f, -0.98198044f, 0.98198044f, 0.18898231f};
        float[] x = {-0.3f, -0.05f, 0.2f, 0.45f};
        orthogonal(
                OrthogonalMap.MATRIX_EXP,
                2,
                2,
                base,
                x,
                new float[] {-0.00987394f, -0.9999511f, 0.9999511f, -0.00987388f},
                new float[] {0, 0, -4.999757f, 0});
        orthogonal(
                OrthogonalMap.CAYLEY,
                2,
                2,
                base,
                x,
                new float[] {-0.00921153f, -0.9999575f, 0.9999575f, -0.00921147f},
                new float[] {0, 0, -4.9502850f, 0});
        float[] wide = {
            0.16666675f,
            0.8542492f,
            -0.4924231f,
            -0.4714045f,
            -0.3696015f,
            -0.8007326f,
            0.8660254f,
            -0.365586f,
            -0.3410966f
        };
        orthogonal(
                OrthogonalMap.HOUSEHOLDER,
                2,
                3,
                wide,
                new float[] {1, -0.05f, 0.2f, 0.45f, -1, 0.95f},
                new float[] {0.11780409f, 0.70475066f, -0.69960594f, -0.45763162f, -0.5867138f, -0.6680871f},
                new float[] {0, 2.0606437f, 4.8383803f, 0, 0, 1.4226017f});
    }

    @Test
    void anOrthogonalMatrixBeginsAsItself() {
        Linear layer = new Linear(2, 2, false);
        float[] turn = {0.6f, 0.8f, -0.8f, 0.6f};
        Tensors.noGrad(() -> {
            layer.weight().copy_(Tensors.of(turn, 2, 2));
        });
        Parametrisations.orthogonal(layer, "weight");
        assertThat(layer.weight().detach().toFloatArray()).containsExactly(turn, within(1e-6f));
    }

    @Test
    void orthogonalStaysOrthogonalInTraining() {
        for (int[] sizes : new int[][] {{3, 3}, {5, 2}, {2, 5}}) {
            for (OrthogonalMap map : OrthogonalMap.values()) {
                Linear layer = Parametrisations.orthogonal(new Linear(sizes[0], sizes[1], false), "weight", map);
                layer.call(Tensors.randn(4, sizes[0])).square().sum().backward();
                Tensor original = layer.parameters().getFirst();
                Tensors.noGrad(() -> {
                    original.sub_(original.grad().mul(0.1));
                });
                layer.call(Tensors.randn(4, sizes[0]));
                Tensor q = layer.weight().detach();
                Tensor tall = sizes[1] < sizes[0] ? q.mT() : q;
                Tensor one = Tensors.eye(Math.min(sizes[0], sizes[1]));
                assertThat(tall.mT().matmul(tall).allclose(one, 0, 1e-5, false))
                        .as(map + " of " + q.shape())
                        .isTrue();
            }
        }
        assertThatThrownBy(() -> Parametrisations.orthogonal(new Linear(3, 2), "bias"))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("matrices");
    }

    @Test
    void spectralNormDividesByTheGreatestSingularValue() {
        Linear layer = Parametrisations.spectralNorm(layer(true), "weight");
        assertThat(layer.stateDict().keySet())
                .containsExactly(
                        "bias",
                        "parametrizations.weight.original",
                        "parametrizations.weight.0._u",
                        "parametrizations.weight.0._v");
        layer.eval();
        layer.call(Tensors.ones(1, 3));
        assertThat(layer.weight().detach().toFloatArray())
                .containsExactly(
                        new float[] {0.1051742f, 0.2103485f, 0.3155227f, 0.4206969f, 0.5258712f, 0.6310454f},
                        within(1e-4f));
        Tensor u = layer.stateDict().get("parametrizations.weight.0._u").clone();
        layer.call(Tensors.ones(1, 3));
        assertThat(layer.stateDict().get("parametrizations.weight.0._u").equal(u))
                .isTrue();
    }

    @Test
    void removedTheWeightIsAParameterAgain() {
        Conv2d layer = Parametrisations.spectralNorm(new Conv2d(2, 3, 3), "weight");
        layer.eval();
        Tensor x = Tensors.randn(1, 2, 5, 5);
        Tensor before = layer.call(x).detach().clone();
        Parametrisations.remove(layer, "weight");
        assertThat(layer.stateDict().keySet()).containsExactlyInAnyOrder("weight", "bias");
        Tensor after = layer.call(x);
        assertThat(after.allclose(before, 1e-4, 1e-5, false)).isTrue();
        after.sum().backward();
        assertThat(layer.weight().grad()).isNotNull();
        assertThatThrownBy(() -> Parametrisations.weightNorm(layer, "wait"))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("wait");
    }

    @Test
    void attentionComputesItsOutputProjection() {
        MultiheadAttention attention = new MultiheadAttention(4, 2);
        Linear out = (Linear) attention.namedChildren().get("out_proj");
        Parametrisations.weightNorm(out, "weight");
        Tensor x = Tensors.randn(3, 1, 4);
        Tensor before = attention.call(x).detach();
        Tensor length = out.namedParameters().get("parametrizations.weight.original0");
        Tensors.noGrad(() -> length.mul_(2));
        Tensor after = attention.call(x);
        assertThat(after.detach().allclose(before.mul(2), 1e-4, 1e-6, false)).isTrue();
        after.sum().backward();
        assertThat(length.grad()).isNotNull();
    }
}
