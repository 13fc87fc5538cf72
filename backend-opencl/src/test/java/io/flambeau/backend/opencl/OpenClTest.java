package io.flambeau.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.step.SgdStep;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenClTest {
    private static final Device OPENCL = new Device("opencl", 0);

    @BeforeAll
    static void needsADevice() {
        Present.require();
    }

    private static Tensor on(Device device, Tensor x) {
        return x.to(device);
    }

    /** The same random bits as on the CPU, for counts that end within a block. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 1000, 4099})
    void randomBitsAreTheCpus(int count) {
        for (DType dtype : List.of(DType.I32, DType.I64)) {
            Tensor here = bits(OPENCL, dtype, count).to(Device.CPU);
            assertThat(here.eq(bits(Device.CPU, dtype, count)).all().itemBoolean())
                    .isTrue();
        }
    }

    private static Tensor bits(Device device, DType dtype, int count) {
        Spec spec = new Spec(Shape.of(count), dtype, device);
        return Tensor.bind(new Random(spec, 0x123456789ABCDEFL, 0xFFFFFFFFL));
    }

    @Test
    void uniformsAreTheCpus() {
        Tensor here = Tensors.withDevice(OPENCL, () -> {
            Tensors.manualSeed(5);
            return Tensors.rand(33, 7);
        });
        Tensors.manualSeed(5);
        assertThat(here.to(Device.CPU).eq(Tensors.rand(33, 7)).all().itemBoolean())
                .isTrue();
    }

    /** PoCL's device is the processor itself, which is better used without it. */
    @Test
    void aProcessorIsNotTheBestDevice() {
        OpenClProvider provider = new OpenClProvider();
        int best = provider.bestDevice();
        assertThat(best < 0 || !Platforms.devices().get(best).isProcessor()).isTrue();
        if (best < 0) {
            assertThat(Device.best().backend()).isNotEqualTo("opencl");
        }
    }

    /** A fault surfaces when a result is read, once; the device goes on working. */
    @Test
    void aFaultIsReportedOnce() {
        Tensor x = on(OPENCL, Tensors.zeros(2, 3));
        Tensor bad = x.gather(1, on(OPENCL, Tensors.of(new long[] {7}, 1, 1)));
        assertThatThrownBy(() -> Tensors.synchronize(OPENCL))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("index 7 is out of range for an axis of size 3");
        assertThat(bad.shape()).isEqualTo(Shape.of(1, 1));
        assertThat(x.add(1).sum().item()).isEqualTo(6.0);
    }

    @Test
    void manyAxesThatCannotBeMerged() {
        Tensor x = Tensors.arange(1 << 10)
                .reshape(Shape.of(2, 2, 2, 2, 2, 2, 2, 2, 2, 2))
                .to(DType.F32);
        Tensor turned = x.permute(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        Tensor there = on(OPENCL, x).permute(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        assertThat(there.contiguous().to(Device.CPU).eq(turned).all().itemBoolean())
                .isTrue();
        assertThat(there.exp2().to(Device.CPU).eq(turned.exp2()).all().itemBoolean())
                .isTrue();
    }

    @Test
    void longRowsAreSortedStably() {
        Tensor x = Tensors.arange(5000).mul(7919).remainder(Scalar.of(97));
        Tensor indices = on(OPENCL, x).sort(-1, true)[1].to(Device.CPU);
        assertThat(indices.eq(x.sort(-1, true)[1]).all().itemBoolean()).isTrue();
    }

    /** A step of training takes no memory once two were taken, and waits for the device once, to read the loss. */
    @Test
    void stepsTakeNoMemoryAndWaitOnce() {
        Device device = new Device("counted", 0);
        Tensor w =
                Tensors.arange(8 * 9).mul(0.01).reshape(8, 1, 3, 3).to(device).requiresGrad(true);
        Tensor v = Tensors.arange(32 * 10).mul(0.001).reshape(32, 10).to(device).requiresGrad(true);
        Sliding sliding = new Sliding(Axes.of(1L, 1L), Axes.of(0L, 0L), Axes.of(0L, 0L), Axes.of(1L, 1L));
        Pooling pooling = new Pooling(Axes.of(3L, 3L), Axes.of(3L, 3L), Axes.of(0L, 0L), Axes.of(1L, 1L), false);
        SgdStep step = new SgdStep(false, false, false, false, false);
        double first = 0;
        double last = 0;
        for (int i = 0; i < 6; i++) {
            int allocations = CountedProvider.allocations;
            int waits = CountedProvider.waits;
            try (Scope _ = Scope.open("step")) {
                Tensor x = Tensors.arange(4 * 64)
                        .remainder(Scalar.of(5))
                        .to(DType.F32)
                        .reshape(4, 1, 8, 8)
                        .to(device);
                Tensor target = Tensors.of(new long[] {1, 2, 3, 4}).to(device);
                Tensor y = Tensor.bind(new Convolution(sliding, 1, false), x, w).relu();
                Tensor pooled = Tensor.bindAll(new MaxPool(pooling), y)[0].reshape(4, 32);
                Tensor loss =
                        Tensor.bindAll(new CrossEntropy(false, -100, 0, Reduction.MEAN), pooled.matmul(v), target)[0];
                loss.backward();
                Tensor[] parameters = {w, v};
                step.run(new double[] {-0.0001, 0, 0, 0}, parameters, new Tensor[] {w.grad(), v.grad()});
                w.zeroGrad();
                v.zeroGrad();
                last = loss.item();
                first = i == 0 ? last : first;
            }
            if (i >= 2) {
                assertThat(CountedProvider.allocations).isEqualTo(allocations);
                assertThat(CountedProvider.waits).isEqualTo(waits + 1);
            }
        }
        assertThat(last).isLessThan(first);
    }
}
