package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tck.LeakCheck;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.OutOfDeviceMemoryException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings on a driver without a GPU: what they compute, what they take, and what they wait for. */
class TrainingTest {
    private static final int STEPS = 6;
    private static final Device DEVICE = FakeCuda.device();
    /** What the backend keeps for itself: the word for faults and the scratch memory. */
    private static final int OWN = 2;

    @AfterEach
    void restore() {
        FakeCuda.set("MEMORY", 2L << 30);
        FakeCuda.set("OOM_AT", 0);
        FakeCuda.set("EAGER", 0);
    }

    @ParameterizedTest
    @EnumSource
    void lossesAreTheProcessors(Trainings training) {
        double[] expected = training.losses(Device.CPU, STEPS, step -> {});
        double[] losses = training.losses(DEVICE, STEPS, step -> {});
        assertThat(losses).containsExactly(expected, within(2e-4));
        assertThat(losses[STEPS - 1]).isLessThan(losses[0]);
    }

    @ParameterizedTest
    @EnumSource
    void lateWorkGivesTheSameBits(Trainings training) {
        double[] late = training.losses(DEVICE, STEPS, step -> {});
        FakeCuda.set("EAGER", 1);
        assertThat(training.losses(DEVICE, STEPS, step -> {})).containsExactly(late);
    }

    @ParameterizedTest
    @EnumSource
    void afterTheSecondStepNothingIsTakenAndEachStepWaitsOnce(Trainings training) {
        List<Integer> taken = new ArrayList<>();
        List<Integer> waits = new ArrayList<>();
        training.losses(DEVICE, STEPS, step -> {
            taken.add((int) FakeCuda.count("taken"));
            waits.add((int) FakeCuda.count("waits"));
        });
        for (int step = 2; step < STEPS; step++) {
            assertThat(taken.get(step)).as("allocations up to step %d", step).isEqualTo(taken.get(1));
            assertThat(waits.get(step) - waits.get(step - 1))
                    .as("waits in step %d", step)
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTakenIsGivenBack(Trainings training) {
        Memory.collect();
        Memory.trim(DEVICE);
        // Other threads may keep small blocks for themselves.
        long kept = Math.max(OWN, FakeCuda.count("allocations"));
        try (LeakCheck _ = LeakCheck.of(DEVICE)) {
            training.losses(DEVICE, 2, step -> {});
        }
        Memory.collect();
        Memory.trim(DEVICE);
        assertThat(Memory.usage(DEVICE).live()).isZero();
        assertThat(FakeCuda.count("allocations")).isLessThanOrEqualTo(kept);
    }

    @Test
    void anAllocationThatFailsOnceIsTriedAgain() {
        double[] expected = Trainings.CNN.losses(DEVICE, 2, step -> {});
        Memory.trim(DEVICE);
        for (int at = 1; at <= 3; at++) {
            FakeCuda.set("OOM_AT", at);
            assertThat(Trainings.CNN.losses(DEVICE, 2, step -> {})).containsExactly(expected);
            Memory.trim(DEVICE);
        }
    }

    @Test
    void aFullDeviceSaysSoAndServesOn() {
        Memory.collect();
        Memory.trim(DEVICE);
        FakeCuda.set("MEMORY", 64L << 20);
        try (LeakCheck _ = LeakCheck.of(DEVICE)) {
            assertThatThrownBy(() -> {
                        try (Scope _ = Scope.open("too much")) {
                            List<Tensor> all = new ArrayList<>();
                            for (int i = 0; i < 100; i++) {
                                all.add(Tensors.withDevice(DEVICE, () -> Tensors.zeros(1 << 20)));
                            }
                        }
                    })
                    .isInstanceOf(OutOfDeviceMemoryException.class)
                    .hasMessageContaining("4194304 bytes are not to be had on cuda:0");
            try (Scope _ = Scope.open("enough")) {
                assertThat(Tensors.withDevice(DEVICE, () -> Tensors.ones(1 << 20))
                                .sum()
                                .item())
                        .isEqualTo(1 << 20);
            }
        }
    }

    @Test
    void randomNumbersAreTheProcessorsBitForBit() {
        for (long[] shape : new long[][] {{1}, {7}, {1000, 13}}) {
            Tensors.manualSeed(3);
            float[] expected =
                    Tensors.withDevice(Device.CPU, () -> Tensors.rand(shape)).toFloatArray();
            Tensors.manualSeed(3);
            float[] numbers =
                    Tensors.withDevice(DEVICE, () -> Tensors.rand(shape)).toFloatArray();
            assertThat(numbers).isEqualTo(expected);
            Tensors.manualSeed(4);
            long[] whole = Tensors.withDevice(Device.CPU, () -> Tensors.randint(-5, 1 << 20, shape))
                    .toLongArray();
            Tensors.manualSeed(4);
            assertThat(Tensors.withDevice(DEVICE, () -> Tensors.randint(-5, 1 << 20, shape))
                            .toLongArray())
                    .isEqualTo(whole);
        }
    }
}
