package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.optim.Adam;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** A program that never opens a scope holds its memory steady: see docs/memory.md. */
class UnscopedTrainingTest {
    private static final int STEPS = 10_000;
    private static final long MEBI = 1 << 20;

    @Test
    void tenThousandStepsHoldMemorySteady() {
        Memory.collect();
        long before = Memory.usage(Device.CPU).live();
        Memory.resetPeak(Device.CPU);
        Generator generator = new Generator(1);
        Module model = new Sequential(new Linear(64, 256), new ReLU(), new Linear(256, 10));
        Adam optimizer = new Adam(model.parameters(), Adam.options().lr(1e-3));
        Tensor x = Tensors.randn(generator, 64, 64);
        Tensor target = Tensors.randint(generator, 0, 10, 64);
        long half = 0;
        double first = 0;
        double last = 0;
        for (int step = 0; step < STEPS; step++) {
            Tensor loss = F.crossEntropy(model.call(x), target);
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
            first = step == 0 ? loss.item() : first;
            last = step == STEPS - 1 ? loss.item() : last;
            if (step == STEPS / 2) {
                half = live(before);
            }
        }
        assertThat(last).isLessThan(first / 10);
        assertThat(half).isLessThan(MEBI);
        assertThat(live(before)).as("live bytes at the end").isLessThanOrEqualTo(half + 4096);
        // Half a gibibyte may lie unscoped before the net is drawn.
        assertThat(Memory.usage(Device.CPU).peak() - before).as("peak").isLessThan(640 * MEBI);
    }

    private static long live(long before) {
        long live = Long.MAX_VALUE;
        // A busy machine may need more than one collection until all that is dead has been found.
        for (int i = 0; i < 20 && live > MEBI; i++) {
            Memory.collect();
            live = Memory.usage(Device.CPU).live() - before;
        }
        return live;
    }
}
