package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceGraph;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Linear maps with their epilogues by cuBLASLt, and by a product and a kernel of our own. */
class LinearMapsTest {
    private static final Device PLAIN = FakeCuda.device();
    private static final Device FAST = new Device(LibrariesProvider.NAME, 0);

    private static Tensor linear(Device device, Epilogue epilogue, Tensor x, Tensor weight, Tensor bias) {
        return Tensors.bind(new Linear(true, epilogue), x.to(device), weight.to(device), bias.to(device));
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "F32", "F64"})
    void bothGiveTheProcessorsResult(DType dtype) {
        try (Scope _ = Scope.open("linear")) {
            Tensors.manualSeed(1);
            Tensor x = Tensors.randn(2, 5, 7).to(dtype);
            Tensor weight = Tensors.randn(6, 7).to(dtype);
            Tensor bias = Tensors.randn(6).to(dtype);
            for (Epilogue epilogue : Epilogue.values()) {
                double[] expected = linear(Device.CPU, epilogue, x, weight, bias)
                        .to(DType.F64)
                        .toDoubleArray();
                for (Device device : new Device[] {PLAIN, FAST}) {
                    assertThat(linear(device, epilogue, x, weight, bias)
                                    .to(DType.F64)
                                    .toDoubleArray())
                            .containsExactly(expected, within(dtype.isHalf() ? 0.05 : 1e-5));
                }
            }
        }
    }

    @Test
    void oneCallDoesItAndIsPlannedForEachAlignment() {
        try (Scope _ = Scope.open("linear")) {
            Tensor x = Tensors.randn(4, 3).to(FAST);
            Tensor weight = Tensors.randn(5, 3).to(FAST);
            Tensor biases = Tensors.randn(9).to(FAST);
            for (int from = 0; from <= 4; from++) {
                Tensor bias = biases.narrow(0, from, 5);
                Tensor expected =
                        x.to(Device.CPU).matmul(weight.to(Device.CPU).t()).add(bias.to(Device.CPU));
                long launches = FakeCuda.count("launches");
                long products = FakeCuda.count("products");
                Tensor y = Tensors.bind(new Linear(true, Epilogue.NONE), x, weight, bias);
                assertThat(FakeCuda.count("products")).isEqualTo(products + 1);
                assertThat(FakeCuda.count("launches")).isEqualTo(launches);
                assertThat(y.toFloatArray())
                        .containsExactly(expected.toFloatArray(), org.assertj.core.data.Offset.offset(1e-5f));
            }
        }
    }

    @Test
    void whatTheLibraryHasNoAlgorithmForIsAProductAndAKernel() {
        try (Scope _ = Scope.open("linear")) {
            Tensor x = Tensors.ones(4, 3).to(FAST);
            Tensor weight = Tensors.ones(1, 3).to(FAST);
            Tensor bias = Tensors.ones(1).to(FAST);
            long launches = FakeCuda.count("launches");
            Tensor y = Tensors.bind(new Linear(true, Epilogue.NONE), x, weight, bias);
            assertThat(FakeCuda.count("launches")).isEqualTo(launches + 1);
            assertThat(y.toFloatArray()).containsOnly(4);
        }
    }

    @Test
    void librariesWorkInsideACapture() {
        try (Scope _ = Scope.open("linear")) {
            Tensor x = Tensors.ones(4, 3).to(FAST);
            Tensor weight = Tensors.ones(5, 3).to(FAST);
            Tensor bias = Tensors.ones(5).to(FAST);
            Tensor y = Tensors.zeros(4, 5).to(FAST);
            Tensor z = Tensors.zeros(4, 4).to(FAST);
            Runnable body = () -> {
                y.copy_(Tensors.bind(new Linear(true, Epilogue.NONE), x, weight, bias));
                z.copy_(y.matmul(y.t()));
            };
            try (DeviceGraph graph = DeviceGraph.capture(FAST, body)) {
                assertThat(z.toFloatArray()).containsOnly(0);
                for (int i = 1; i <= 3; i++) {
                    x.fill_(i);
                    graph.replay();
                    assertThat(y.toFloatArray()).containsOnly(3 * i + 1);
                    assertThat(z.toFloatArray()).containsOnly(5 * (3 * i + 1) * (3 * i + 1));
                }
            }
            assertThat(x.matmul(weight.t()).toFloatArray()).containsOnly(9);
        }
    }
}
