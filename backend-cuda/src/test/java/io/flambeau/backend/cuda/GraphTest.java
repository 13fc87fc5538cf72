package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.nn.F;
import io.flambeau.optim.NAdam;
import io.flambeau.tck.LeakCheck;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.DeviceGraph;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Graphed;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.OutOfDeviceMemoryException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Captured work replayed on a driver without a GPU. */
class GraphTest {
    private static final int STEPS = 6;
    private static final Device DEVICE = FakeCuda.device();

    @AfterEach
    void restore() {
        FakeCuda.set("OOM_AT", 0);
        FakeCuda.set("CAPTURE_AT", 0);
    }

    private static Tensor on(Tensor x) {
        return x.to(DEVICE);
    }

    private static Tensor full(double value, long... sizes) {
        return Tensors.withDevice(DEVICE, () -> Tensors.full(value, sizes));
    }

    /** Dropout, counted steps and a learning rate that changes included. */
    @ParameterizedTest
    @EnumSource
    void aReplayedTrainingHasTheSameBits(Trainings training) {
        double[] expected = training.losses(DEVICE, STEPS, step -> {});
        long[] launches = new long[STEPS];
        long[] waits = new long[STEPS];
        double[] losses = training.graphedLosses(DEVICE, STEPS, step -> {
            launches[step] = FakeCuda.count("launches");
            waits[step] = FakeCuda.count("waits");
        });
        assertThat(losses).containsExactly(expected);
        // The graph, and the copies of what goes in and out.
        assertThat(launches[STEPS - 1] - launches[STEPS - 2]).isLessThanOrEqualTo(4);
        assertThat(waits[STEPS - 1] - waits[STEPS - 2]).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatAGraphTookIsGivenBack(Trainings training) {
        training.losses(DEVICE, 2, step -> {});
        Memory.collect();
        Memory.trim(DEVICE);
        long kept = FakeCuda.count("allocations");
        try (LeakCheck _ = LeakCheck.of(DEVICE)) {
            training.graphedLosses(DEVICE, 4, step -> {});
        }
        Memory.collect();
        Memory.trim(DEVICE);
        assertThat(FakeCuda.count("allocations")).isLessThanOrEqualTo(kept);
        assertThat(FakeCuda.count("graphs")).isZero();
    }

    @Test
    void aReplayReadsWhatItsInputsHoldThen() {
        try (Scope _ = Scope.open("test")) {
            Tensor x = full(2, 5);
            Tensor y = full(0, 5);
            try (DeviceGraph graph =
                    DeviceGraph.capture(DEVICE, () -> y.copy_(x.mul(3).add(1)))) {
                assertThat(y.toFloatArray())
                        .as("nothing is done before a replay")
                        .containsOnly(0);
                graph.replay();
                assertThat(y.toFloatArray()).containsOnly(7);
                x.fill_(4);
                graph.replay();
                x.fill_(5);
                assertThat(y.toFloatArray()).containsOnly(13);
            }
        }
    }

    @Test
    void otherShapesRunAsTheyAre() {
        try (Scope _ = Scope.open("test");
                Graphed twice = Graphed.of(DEVICE, in -> new Tensor[] {in[0].add(in[0])})) {
            for (int i = 0; i < 4; i++) {
                assertThat(twice.call(Tensors.full(i, 4))[0].toFloatArray()).containsOnly(2 * i);
            }
            assertThat(twice.isCaptured()).isTrue();
            assertThat(twice.call(Tensors.full(9, 3))[0].toFloatArray()).containsOnly(18);
            Tensor kept = twice.call(Tensors.full(1, 4))[0];
            twice.call(Tensors.full(2, 4));
            assertThat(kept.toFloatArray()).as("a result is the caller's").containsOnly(2);
        }
    }

    @Test
    void theProcessorRunsTheStepAsItIs() {
        try (Scope _ = Scope.open("test");
                Graphed twice = Graphed.of(Device.CPU, in -> new Tensor[] {in[0].add(in[0])})) {
            for (int i = 0; i < 4; i++) {
                assertThat(twice.call(Tensors.full(i, 4))[0].toFloatArray()).containsOnly(2 * i);
            }
            assertThat(twice.isCaptured()).isFalse();
        }
        assertThatThrownBy(() -> DeviceGraph.capture(Device.CPU, () -> {}))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("cpu:0 cannot capture work")
                .hasMessageEndingWith("(FB-405)");
    }

    @Test
    void aGraphOutlivesItsTensors() {
        try (DeviceGraph graph = forgotten()) {
            Memory.collect();
            try (Scope _ = Scope.open("test")) {
                List<Tensor> others = List.of(full(1, 1000), full(2, 1000), full(3, 1000));
                graph.replay();
                for (int i = 0; i < 3; i++) {
                    assertThat(others.get(i).toFloatArray()).containsOnly(i + 1);
                }
            }
        }
    }

    private static DeviceGraph forgotten() {
        try (Scope _ = Scope.open("inputs")) {
            Tensor x = full(2, 1000);
            Tensor y = full(0, 1000);
            return DeviceGraph.capture(DEVICE, () -> y.copy_(x.mul(x)));
        }
    }

    @Test
    void tensorsOutliveTheirGraph() {
        try (Scope _ = Scope.open("test")) {
            Tensor x = full(3, 1000);
            Tensor[] y = new Tensor[1];
            DeviceGraph graph = DeviceGraph.capture(DEVICE, () -> y[0] = x.mul(x));
            graph.replay();
            graph.close();
            full(1, 1000);
            assertThat(y[0].toFloatArray()).containsOnly(9);
            assertThatThrownBy(graph::replay)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("the graph was closed");
        }
    }

    @Test
    void whatNeedsTheHostIsRefusedAndTheDeviceServesOn() {
        try (Scope _ = Scope.open("test")) {
            Tensor x = full(3, 4);
            Tensor weight = full(1, 4).requiresGrad(true);
            weight.mul(2).sum().backward();
            NAdam counted = new NAdam(List.of(weight), NAdam.options());
            refused(() -> x.sum().item(), "a value is there only after a replay");
            refused(() -> Tensors.synchronize(DEVICE), "there is nothing to wait for");
            refused(() -> on(Tensors.ones(4)), "work on cpu:0 inside a capture of cuda:0");
            refused(() -> Tensors.withDevice(DEVICE, () -> Tensors.of(new float[] {1})), "a copy from the host");
            refused(() -> Tensors.ones(4).add(1), "work on cpu:0 inside a capture of cuda:0");
            refused(counted::step, "NAdam.step: this optimizer counts its steps on the host");
            refused(() -> DeviceGraph.capture(DEVICE, () -> {}), "this thread is capturing work already");
            try (DeviceGraph other = DeviceGraph.capture(DEVICE, () -> x.add(1))) {
                refused(other::replay, "while another one is captured");
            }
            assertThat(FakeCuda.count("graphs")).isZero();
        }
    }

    private static void refused(Runnable part, String problem) {
        Tensor x = full(2, 8);
        Generator.State state = Generator.standard().state();
        assertThatThrownBy(() -> DeviceGraph.capture(DEVICE, () -> {
                    x.mul(2);
                    F.dropout(x, 0.5, true);
                    part.run();
                }))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining(problem)
                .hasMessageEndingWith("(FB-405)");
        assertThat(DeviceGraph.isCapturing()).isFalse();
        assertThat(Generator.standard().state()).isEqualTo(state);
        assertThat(x.mul(3).toFloatArray()).containsOnly(6);
    }

    @Test
    void aFailureOfTheDriverEndsTheCapture() {
        try (Scope _ = Scope.open("test")) {
            Tensor x = full(2, 1000);
            FakeCuda.set("CAPTURE_AT", 1);
            assertThatThrownBy(() -> DeviceGraph.capture(DEVICE, () -> x.add(1)))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED");
            long before = FakeCuda.count("allocations");
            FakeCuda.set("MEMORY", 1L << 20);
            assertThatThrownBy(() -> DeviceGraph.capture(DEVICE, () -> x.add(1)))
                    .isInstanceOf(OutOfDeviceMemoryException.class);
            FakeCuda.set("MEMORY", 2L << 30);
            assertThat(FakeCuda.count("allocations")).isLessThanOrEqualTo(before);
            assertThat(x.mul(3).toFloatArray()).containsOnly(6);
            DeviceGraph.capture(DEVICE, () -> x.add_(1)).replay();
            assertThat(x.toFloatArray()).containsOnly(3);
        }
    }

    @Test
    void randomNumbersGoOnAndAnotherSeedIsRefused() {
        try (Scope _ = Scope.open("test")) {
            Tensor x = full(1, 100);
            Generator own = new Generator(5);
            Tensors.manualSeed(3);
            float[][] expected = new float[3][];
            for (int i = 0; i < 3; i++) {
                expected[i] =
                        F.dropout(x, 0.5, true).add(Tensors.rand(own, x.spec())).toFloatArray();
            }
            Tensors.manualSeed(3);
            own.manualSeed(5);
            Tensor y = full(0, 100);
            try (DeviceGraph graph = DeviceGraph.capture(
                    DEVICE, () -> y.copy_(F.dropout(x, 0.5, true).add(Tensors.rand(own, x.spec()))))) {
                for (float[] each : expected) {
                    graph.replay();
                    assertThat(y.toFloatArray()).containsExactly(each);
                }
                Tensors.manualSeed(4);
                assertThatThrownBy(graph::replay)
                        .isInstanceOf(DeviceException.class)
                        .hasMessageContaining("seeded with 4, the step was captured with seed 3");
            }
        }
    }

    @Test
    void aFaultOfAReplaySaysWhatWasWrong() {
        try (Scope _ = Scope.open("test")) {
            Tensor x = full(1, 4, 4);
            Tensor index = on(Tensors.of(new long[] {0, 1, 2, 3}));
            Tensor y = full(0, 4, 4);
            try (DeviceGraph graph = DeviceGraph.capture(DEVICE, () -> y.copy_(x.indexSelect(0, index)))) {
                graph.replay();
                assertThat(y.sum().item()).isEqualTo(16);
                index.fill_(7);
                graph.replay();
                assertThatThrownBy(() -> y.sum().item())
                        .isInstanceOf(IndexException.class)
                        .hasMessageContaining("index 7 is out of range");
                index.fill_(0);
                graph.replay();
                assertThat(y.sum().item()).isEqualTo(16);
            }
        }
    }

    @Test
    void otherThreadsWorkOnMeanwhile() throws InterruptedException {
        try (Scope scope = Scope.open("test")) {
            Tensor x = scope.share(full(2, 100));
            float[][] seen = new float[1][];
            Tensor y = full(0, 100);
            Runnable body = () -> {
                y.copy_(x.mul(5));
                Thread other = new Thread(() -> seen[0] = x.add(1).toFloatArray());
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            };
            try (DeviceGraph graph = DeviceGraph.capture(DEVICE, body)) {
                assertThat(seen[0]).containsOnly(3);
                graph.replay();
                assertThat(y.toFloatArray()).containsOnly(10);
            }
        }
    }
}
