package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Activations at their joints, at infinities and at NaN: values and slopes are PyTorch 2.13's. */
class ActivationFunctionsTest {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final float[] PLACES = {-INF, -3, -1, -0.5f, 0, 0.5f, 1, 3, 6, INF, NAN};

    private static void check(UnaryOperator<Tensor> f, float[] values, float[] slopes) {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            Tensor x = Tensors.of(PLACES).to(dtype).requiresGrad(true);
            Tensor y = f.apply(x);
            y.sum().backward();
            assertThat(y.detach().toFloatArray()).containsExactly(values, within(1e-4f));
            assertThat(x.grad().toFloatArray()).containsExactly(slopes, within(1e-4f));
        }
    }

    @Test
    void hardtanhIsFlatOnItsBounds() {
        check(F::hardtanh, new float[] {-1, -1, -1, -0.5f, 0, 0.5f, 1, 1, 1, 1, NAN}, new float[] {
            0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1
        });
        check(F::relu6, new float[] {0, 0, 0, 0, 0, 0.5f, 1, 3, 6, 6, NAN}, new float[] {0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1
        });
    }

    @Test
    void reluAndLeakyReluBendAtZero() {
        check(F::relu, new float[] {0, 0, 0, 0, 0, 0.5f, 1, 3, 6, INF, NAN}, new float[] {
            0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1
        });
        check(F::leakyRelu, new float[] {-INF, -0.03f, -0.01f, -0.005f, 0, 0.5f, 1, 3, 6, INF, NAN}, new float[] {
            0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 1, 1, 1, 1, 1, 0.01f
        });
    }

    @Test
    void exponentialUnits() {
        check(F::elu, new float[] {-1, -0.9502f, -0.6321f, -0.3935f, 0, 0.5f, 1, 3, 6, INF, NAN}, new float[] {
            0, 0.0498f, 0.3679f, 0.6065f, 1, 1, 1, 1, 1, 1, 1
        });
        check(
                F::selu,
                new float[] {-1.7581f, -1.6706f, -1.1113f, -0.6918f, 0, 0.5254f, 1.0507f, 3.1521f, 6.3042f, INF, NAN},
                new float[] {0, 0.0875f, 0.6468f, 1.0663f, 1.7581f, 1.0507f, 1.0507f, 1.0507f, 1.0507f, 1.0507f, 1.0507f
                });
        check(
                x -> F.celu(x, 2),
                new float[] {-2, -1.5537f, -0.7869f, -0.4424f, 0, 0.5f, 1, 3, 6, INF, NAN},
                new float[] {0, 0.2231f, 0.6065f, 0.7788f, 1, 1, 1, 1, 1, 1, 1});
    }

    @Test
    void hardGates() {
        check(F::hardsigmoid, new float[] {0, 0, 0.3333f, 0.4167f, 0.5f, 0.5833f, 0.6667f, 1, 1, 1, NAN}, new float[] {
            0, 0, 0.1667f, 0.1667f, 0.1667f, 0.1667f, 0.1667f, 0, 0, 0, 0
        });
        check(F::hardswish, new float[] {NAN, 0, -0.3333f, -0.2083f, 0, 0.2917f, 0.6667f, 3, 6, INF, NAN}, new float[] {
            0, 0, 0.1667f, 0.3333f, 0.5f, 0.6667f, 0.8333f, 1, 1, 1, 1
        });
    }

    @Test
    void shrinking() {
        check(F::hardshrink, new float[] {-INF, -3, -1, 0, 0, 0, 1, 3, 6, INF, NAN}, new float[] {
            1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1
        });
        check(F::softshrink, new float[] {-INF, -2.5f, -0.5f, 0, 0, 0, 0.5f, 2.5f, 5.5f, INF, NAN}, new float[] {
            1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1
        });
        check(x -> F.threshold(x, 0.5, 7), new float[] {7, 7, 7, 7, 7, 7, 1, 3, 6, INF, NAN}, new float[] {
            0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1
        });
    }

    @Test
    void smoothOnes() {
        check(
                F::logsigmoid,
                new float[] {
                    -INF, -3.0486f, -1.3133f, -0.9741f, -0.6931f, -0.4741f, -0.3133f, -0.0486f, -0.0025f, 0, NAN
                },
                new float[] {1, 0.9526f, 0.7311f, 0.6225f, 0.5f, 0.3775f, 0.2689f, 0.0474f, 0.0025f, 0, NAN});
        check(
                F::softplus,
                new float[] {0, 0.0486f, 0.3133f, 0.4741f, 0.6931f, 0.9741f, 1.3133f, 3.0486f, 6.0025f, INF, NAN},
                new float[] {0, 0.0474f, 0.2689f, 0.3775f, 0.5f, 0.6225f, 0.7311f, 0.9526f, 0.9975f, 1, NAN});
    }

    @Test
    void gradientsOfGradientsAreThere() {
        double h = 1e-5;
        for (UnaryOperator<Tensor> f : List.<UnaryOperator<Tensor>>of(
                F::gelu, x -> F.gelu(x, "tanh"), F::silu, F::mish, F::elu, F::softplus, F::logsigmoid)) {
            double x = 0.7;
            assertThat(secondDerivative(f, x)).isCloseTo((slope(f, x + h) - slope(f, x - h)) / (2 * h), within(1e-6));
        }
    }

    private static double slope(UnaryOperator<Tensor> f, double at) {
        Tensor x = Tensors.of(new double[] {at}).requiresGrad(true);
        f.apply(x).sum().backward();
        return x.grad().item();
    }

    private static double secondDerivative(UnaryOperator<Tensor> f, double at) {
        Tensor x = Tensors.of(new double[] {at}).requiresGrad(true);
        f.apply(x).sum().backward(null, true, true);
        Tensor first = x.grad();
        x.grad(null);
        first.sum().backward();
        return x.grad().item();
    }

    @Test
    void hardGumbelSamplesAreOneHotWithSoftGradients() {
        Tensor logits = Tensors.randn(5, 4).requiresGrad(true);
        Tensor y = F.gumbelSoftmax(logits, 0.5, true, -1);
        assertThat(y.detach().sum(1).toFloatArray()).containsOnly(new float[] {1}, within(1e-6f));
        assertThat(y.detach().amax(1).toFloatArray()).containsOnly(new float[] {1}, within(1e-6f));
        y.mul(Tensors.arange(4)).sum().backward();
        assertThat(logits.grad().abs().sum().item()).isPositive();
    }

    @Test
    void refusals() {
        Tensor x = Tensors.ones(2, 8, 3);
        refused(
                () -> F.prelu(x, Tensors.ones(9)),
                "prelu: the weight has 9 elements, the input [2, 8, 3] has 8 channels");
        refused(() -> F.hardtanh(x, 0.5, -0.5), "hardtanh: minVal 0.5 is greater than maxVal -0.5");
        refused(() -> F.gelu(x, "fast"), "gelu: approximate is 'fast'; it must be none or tanh");
        refused(() -> F.softshrink(x, -0.5), "softshrink: lambd is -0.5; it must be at least 0");
        refused(() -> F.glu(x), "glu: axis 2 of shape [2, 8, 3] must have an even size to be halved");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(TensorException.class).hasMessageStartingWith(message);
    }
}
