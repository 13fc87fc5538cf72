package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** When memory goes back. */
class MemoryTest {
    private static final int MEGABYTE = 1 << 20;

    /** Live bytes once collections find no more; on a busy machine one of them may not see everything. */
    private static long live(Device device) {
        long before = Long.MAX_VALUE;
        long now = Memory.usage(device).live();
        for (int i = 0; i < 20 && now < before; i++) {
            before = now;
            Memory.collect();
            now = Memory.usage(device).live();
        }
        return now;
    }

    private static Tensor megabyte() {
        return Tensors.zeros(MEGABYTE / 4);
    }

    @Test
    void savedValuesGoBackAsBackwardRuns() {
        Tensor x = megabyte().requiresGrad(true);
        Device device = x.device();
        x.sum().backward();
        long before = live(device);
        Tensor loss;
        try (Scope scope = Scope.open("forward")) {
            Tensor y = x;
            for (int i = 0; i < 20; i++) {
                y = y.exp().mul(0.1);
            }
            loss = scope.keepGraph(y.sum());
        }
        long held = Memory.usage(device).live();
        assertThat(held - before).as("twenty results of exp").isBetween(20L * MEGABYTE, 21L * MEGABYTE);
        Memory.resetPeak(device);
        loss.backward();
        assertThat(Memory.usage(device).peak() - held)
                .as("gradients replace saved values")
                .isLessThan(4L * MEGABYTE);
        assertThat(Memory.usage(device).live() - before)
                .as("all of it went back")
                .isLessThan(MEGABYTE / 2);
    }

    @Test
    void gradientsInFlightGoBackAtOnce() {
        Tensor x = megabyte().requiresGrad(true);
        Device device = x.device();
        x.sum().backward();
        Tensor y = x;
        for (int i = 0; i < 50; i++) {
            y = y.mul(0.5).add(x.mul(0.5));
        }
        Tensor loss = y.sum();
        long before = live(device);
        Memory.resetPeak(device);
        loss.backward();
        assertThat(Memory.usage(device).peak() - before).isLessThan(6L * MEGABYTE);
    }

    @Test
    void aRetainedGraphKeepsItsValues() {
        Tensor x = leaf(1, 2);
        Tensor inner;
        Tensor y;
        try (Scope scope = Scope.open("forward")) {
            inner = x.exp();
            y = scope.keepGraph(inner.square().sum());
        }
        y.backward(null, true, false);
        assertThat(inner.isLive()).isTrue();
        y.backward();
        assertThat(inner.isLive()).isFalse();
    }

    @Test
    void aGraphThatIsDroppedIsCollected() {
        Tensor x = megabyte().requiresGrad(true);
        long before = live(x.device());
        for (int i = 0; i < 10; i++) {
            try (Scope scope = Scope.open("forward")) {
                scope.keepGraph(x.exp().exp().sum());
            }
        }
        assertThat(live(x.device()) - before).isLessThan(MEGABYTE);
    }

    @Test
    void tenThousandStepsOutsideAnyScopeStayBounded() {
        Tensor w = leaf(new double[512]);
        Device device = w.device();
        long before = live(device);
        long most = 0;
        for (int step = 0; step < 10_000; step++) {
            w.mul(2).tanh().square().sum().backward();
            Tensors.noGrad(() -> {
                w.sub_(w.grad().mul(0.1));
            });
            w.zeroGrad();
            if (step % 1000 == 999) {
                most = Math.max(most, live(device) - before);
            }
        }
        assertThat(most).as("live bytes after a collection").isLessThan(64 * 1024);
    }
}
