package io.flambeau.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.activation.Elu;
import io.flambeau.tensor.op.activation.HardTanh;
import io.flambeau.tensor.op.activation.LeakyRelu;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.Pooling;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Where functions have corners, the gradients are PyTorch's. */
class SubgradientsTest {
    private static double[] slope(UnaryOperator<Tensor> function, double... at) {
        return Grad.of(x -> function.apply(x).sum()).apply(Tensors.of(at)).toDoubleArray();
    }

    @Test
    void corners() {
        assertThat(slope(Tensor::relu, -1, 0, 1)).containsExactly(0, 0, 1);
        assertThat(slope(Tensor::abs, -1, 0, 1)).containsExactly(-1, 0, 1);
        assertThat(slope(Tensor::sign, -1, 0, 1)).containsExactly(0, 0, 0);
        assertThat(slope(x -> Tensor.bind(new LeakyRelu(0.1), x), -1, 0, 1)).containsExactly(0.1, 0.1, 1);
        assertThat(slope(x -> Tensor.bind(new Elu(1, 1, 1), x), 0)).containsExactly(1);
    }

    @Test
    void roundedQuotientsAreFlat() {
        for (String rounding : new String[] {"floor", "trunc"}) {
            assertThat(slope(x -> x.div(Scalar.of(2.0), rounding), 5, 7)).containsExactly(0, 0);
        }
        assertThat(slope(x -> x.floorDivide(Scalar.of(2.0)), 5, 7)).containsExactly(0, 0);
        assertThat(slope(x -> x.floorDivide(x), 5, 7)).containsExactly(0, 0);
    }

    @Test
    void bounds() {
        assertThat(slope(x -> x.clamp(-1, 1), -2, -1, 0, 1, 2)).containsExactly(0, 1, 1, 1, 0);
        assertThat(slope(x -> Tensor.bind(new HardTanh(-1, 1), x), -2, -1, 0, 1, 2))
                .containsExactly(0, 0, 1, 0, 0);
    }

    @Test
    void rootsAndNorms() {
        assertThat(slope(Tensor::sqrt, 0)).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(slope(x -> Linalg.vectorNorm(x, 2, false), 0, 0)).containsExactly(0, 0);
        assertThat(slope(x -> x.std(), 3, 3, 3)).containsExactly(0, 0, 0);
    }

    @Test
    void products() {
        assertThat(slope(x -> x.prod(), 2, 0, 3)).containsExactly(0, 6, 0);
        assertThat(slope(x -> x.prod(), 0, 0, 3)).containsExactly(0, 0, 0);
    }

    @Test
    void extremaAndTies() {
        assertThat(slope(x -> x.amax(), 1, 2, 2)).containsExactly(0, 0.5, 0.5);
        assertThat(slope(x -> x.maximum(Tensors.of(new double[] {0, 2, 3})), 1, 2, 2))
                .containsExactly(1, 0.5, 0);
    }

    @Test
    void fullExtremesAndMediansSplitTiesEvenly() {
        assertThat(slope(x -> x.max(), 1, 2, 2)).containsExactly(0, 0.5, 0.5);
        assertThat(slope(x -> x.min(), 1, 1, 2)).containsExactly(0.5, 0.5, 0);
        assertThat(slope(x -> x.amin(0), 1, 1, 2)).containsExactly(0.5, 0.5, 0);
        assertThat(slope(x -> x.minimum(Tensors.of(new double[] {1, 0, 3})), 1, 1, 2))
                .containsExactly(0.5, 0, 1);
        assertThat(slope(x -> x.median(), 1, 2, 2)).containsExactly(0, 0.5, 0.5);
    }

    @Test
    void theExtremeOfAnAxisSendsAllToOneElement() {
        assertThat(slope(x -> x.max(0)[0], 1, 2, 2)).containsExactly(0, 1, 0);
        assertThat(slope(x -> x.min(0)[0], 1, 1, 2)).containsExactly(1, 0, 0);
        MaxPool pool = new MaxPool(new Pooling(Axes.of(3), Axes.of(3), Axes.of(0), Axes.of(1), false));
        assertThat(slope(x -> Tensor.bind(pool, x.reshape(1, 1, 3)), 1, 2, 2)).containsExactly(0, 1, 0);
    }

    @Test
    void whereDoesNotStopNaN() {
        double[] g = slope(x -> Tensors.zeros(x.dtype(), 2).where(x.le(0), x.log()), 0, 1);
        assertThat(g[1]).isEqualTo(1);
        assertThat(slope(x -> x.where(x.gt(0), x.sqrt().mul(0)), 0, 1)[0]).isNaN();
    }

    @Test
    void boundsThatMeetHaveNoGradientBelowThem() {
        Tensor min = Tensors.of(new double[] {1, 2, 2}).requiresGrad(true);
        Tensor max = Tensors.of(new double[] {3, 2, 1}).requiresGrad(true);
        Tensor[] g = Grad.grad(Tensors.zeros(DType.F64, 3).clamp(min, max).sum(), min, max);
        assertThat(g[0].toDoubleArray()).containsExactly(1, 0, 0);
        assertThat(g[1].toDoubleArray()).containsExactly(0, 0, 1);
    }

    @Test
    void beyondTheDomain() {
        assertThat(slope(Tensor::acosh, -2)[0]).isCloseTo(1 / Math.sqrt(3), Offset.offset(1e-15));
        assertThat(slope(Tensor::logit, -1, 0.5, 2)).containsExactly(Double.NaN, 4, Double.NaN);
        assertThat(slope(x -> x.to(DType.F16).logit(), -1, 0.5, 2)).containsExactly(Double.NaN, 4, Double.NaN);
    }

    /** The quotient of half types is not rounded before it is floored, and products come before quotients. */
    @Test
    void halfTypesLoseNoStep() {
        Tensor dividend = Tensors.of(new double[] {2999}).to(DType.F16);
        assertThat(slope(y -> dividend.remainder(y.to(DType.F16)), 1.0009765625))
                .containsExactly(-2996);
        Tensor x = Tensors.of(new double[] {60000}).to(DType.F16);
        assertThat(slope(y -> x.xlogy(y.to(DType.F16)).mul(0.0099945068359375), 0.5))
                .containsExactly(1199);
    }
}
