package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.autograd.Graph;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.nn.layer.AdaptiveAvgPool2d;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MaxPool2d;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory of a training step of ResNet-18 (He and others, 2015), in bytes that follow from its shapes. */
class ResNetMemoryTest {
    private static final long BATCH = 4;
    private static final long SIDE = 64;
    /** The first convolution's result, the largest of all: half the side, 64 channels. */
    private static final long LARGEST = BATCH * 64 * (SIDE / 2) * (SIDE / 2) * Float.BYTES;

    private static Conv2d conv(long in, long out, long kernel, long stride) {
        ConvOptions options = ConvOptions.options().stride(stride).padding(kernel / 2);
        return new Conv2d(in, out, Axes.of(kernel), options, false);
    }

    private static final class Block extends Module {
        private final Sequential body;
        private final Module shortcut;

        Block(long in, long out, long stride) {
            body = child(
                    "body",
                    new Sequential(
                            conv(in, out, 3, stride),
                            new BatchNorm2d(out),
                            new ReLU(),
                            conv(out, out, 3, 1),
                            new BatchNorm2d(out)));
            shortcut = child(
                    "shortcut",
                    in == out ? new Sequential() : new Sequential(conv(in, out, 1, stride), new BatchNorm2d(out)));
        }

        @Override
        protected Tensor forward(Tensor x) {
            return body.call(x).add(shortcut.call(x)).relu();
        }
    }

    private static Sequential resNet18() {
        List<Module> layers = new ArrayList<>(List.of(
                conv(3, 64, 7, 2),
                new BatchNorm2d(64),
                new ReLU(),
                new MaxPool2d(MaxPoolOptions.kernel(3).stride(2).padding(1))));
        long in = 64;
        for (long out = 64; out <= 512; out *= 2) {
            layers.add(new Block(in, out, out == 64 ? 1 : 2));
            layers.add(new Block(out, out, 1));
            in = out;
        }
        layers.addAll(List.of(new AdaptiveAvgPool2d(1, 1), new Flatten(), new Linear(512, 10)));
        return new Sequential(layers.toArray(Module[]::new));
    }

    private static long bytes(List<Tensor> tensors) {
        return tensors.stream().mapToLong(Tensor::count).sum() * Float.BYTES;
    }

    @Test
    void savedValuesGoBackAsBackwardRuns() {
        Sequential net = resNet18();
        long parameters = bytes(net.parameters());
        assertThat(parameters).isEqualTo(11_181_642L * Float.BYTES);
        Device device = Tensors.defaultDevice();
        for (int step = 0; step < 2; step++) {
            net.zeroGrad();
            try (Scope _ = Scope.open("step")) {
                Tensor x = Tensors.randn(BATCH, 3, SIDE, SIDE);
                long[] atTheEnd = new long[1];
                Tensor stem = net.namedChildren().get("0").call(x);
                stem.registerHook(g -> {
                    atTheEnd[0] = Memory.usage(device).live();
                    return null;
                });
                long before = Memory.usage(device).live();
                Tensor y = stem;
                for (Module layer : List.copyOf(net.namedChildren().values())
                        .subList(1, net.namedChildren().size())) {
                    y = layer.call(y);
                }
                Tensor loss = y.square().mean();
                long kept = Graph.bytes(loss);
                long live = Memory.usage(device).live();
                assertThat(live - before)
                        .as("forward leaves what the graph keeps and some")
                        .isLessThan(kept + LARGEST);
                Memory.resetPeak(device);
                loss.backward();
                long peak = Memory.usage(device).peak();
                // The gradients of the parameters, and of a few results at a time; not of all results at once.
                assertThat(peak - live).as("peak of backward").isLessThan(parameters + 6 * LARGEST);
                // When the first convolution's turn comes, what the later layers saved is gone.
                assertThat(atTheEnd[0] - before)
                        .as("live when backward comes to the first layer")
                        .isLessThan(parameters + 6 * LARGEST);
                assertThat(kept).as("what was saved is more than that").isGreaterThan(12 * LARGEST);
            }
        }
    }
}
