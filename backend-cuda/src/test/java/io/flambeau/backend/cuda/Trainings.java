package io.flambeau.backend.cuda;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Dropout;
import io.flambeau.nn.layer.Embedding;
import io.flambeau.nn.layer.LayerNorm;
import io.flambeau.nn.layer.Linear;
import io.flambeau.optim.AdamW;
import io.flambeau.optim.Optimizer;
import io.flambeau.optim.Sgd;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Graphed;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Two small trainings, the same on every device: parameters and data are made on the CPU. */
enum Trainings {
    CNN {
        @Override
        Module model() {
            return new Pictures();
        }

        @Override
        Optimizer optimizer(Module model) {
            return new Sgd(model.parameters(), Sgd.options().lr(0.05).momentum(0.9));
        }

        @Override
        Tensor input() {
            return Tensors.randn(8, 1, 12, 12);
        }

        @Override
        Tensor target() {
            return Tensors.randint(0, 5, 8);
        }
    },
    GPT {
        @Override
        Module model() {
            return new Letters();
        }

        @Override
        Optimizer optimizer(Module model) {
            return new AdamW(model.parameters(), AdamW.options().lr(1e-2));
        }

        @Override
        Tensor input() {
            return Tensors.randint(0, 11, 3, 10);
        }

        @Override
        Tensor target() {
            return Tensors.randint(0, 11, 30);
        }
    };

    /** Two convolutions with normalisation, pooling and dropout, and a linear map. */
    private static final class Pictures extends Module {
        private final Conv2d conv1 =
                child("conv1", new Conv2d(1, 4, 3, Conv2d.options().padding(1)));
        private final BatchNorm2d norm = child("norm", new BatchNorm2d(4));
        private final Conv2d conv2 = child("conv2", new Conv2d(4, 6, 3));
        private final Dropout dropout = child("dropout", new Dropout(0.25));
        private final Linear linear = child("linear", new Linear(24, 5));

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = F.maxPool2d(norm.call(conv1.call(input)).relu(), 2);
            x = F.maxPool2d(conv2.call(x).relu(), 2);
            return linear.call(dropout.call(x.flatten(1)));
        }
    }

    /** A transformer of one layer with causal attention. */
    private static final class Letters extends Module {
        private static final int WIDTH = 16;
        private static final int HEADS = 2;
        private final Embedding letters = child("letters", new Embedding(11, WIDTH));
        private final LayerNorm norm1 = child("norm1", new LayerNorm(WIDTH));
        private final Linear qkv = child("qkv", new Linear(WIDTH, 3 * WIDTH));
        private final LayerNorm norm2 = child("norm2", new LayerNorm(WIDTH));
        private final Linear up = child("up", new Linear(WIDTH, 4 * WIDTH));
        private final Linear down = child("down", new Linear(4 * WIDTH, WIDTH));
        private final Linear head = child("head", new Linear(WIDTH, 11));

        @Override
        protected Tensor forward(Tensor input) {
            long batch = input.size(0);
            long time = input.size(1);
            Tensor x = letters.call(input);
            Tensor[] parts = qkv.call(norm1.call(x))
                    .reshape(batch, time, 3, HEADS, WIDTH / HEADS)
                    .permute(2, 0, 3, 1, 4)
                    .unbind(0);
            Tensor seen = F.scaledDotProductAttention(
                    parts[0], parts[1], parts[2], AttentionOptions.options().causal(true));
            x = x.add(seen.transpose(1, 2).reshape(batch, time, WIDTH));
            x = x.add(down.call(F.gelu(up.call(norm2.call(x)))));
            return head.call(x).flatten(0, 1);
        }
    }

    abstract Module model();

    abstract Optimizer optimizer(Module model);

    abstract Tensor input();

    abstract Tensor target();

    /**
     * The losses of so many steps.
     *
     * @param after is called with the number of each step when its loss has been read
     */
    double[] losses(Device device, int steps, IntConsumer after) {
        return losses(device, steps, after, (_, body) -> body);
    }

    /** As {@link #losses}, with each step replayed from the third on. */
    double[] graphedLosses(Device device, int steps, IntConsumer after) {
        return losses(device, steps, after, (scope, body) -> {
            Graphed graphed = Graphed.of(device, body);
            scope.add(graphed);
            return graphed::call;
        });
    }

    private double[] losses(
            Device device,
            int steps,
            IntConsumer after,
            BiFunction<List<Graphed>, Function<Tensor[], Tensor[]>, Function<Tensor[], Tensor[]>> way) {
        List<Graphed> graphs = new ArrayList<>();
        Tensors.manualSeed(7);
        double[] losses = new double[steps];
        try (Scope _ = Scope.open("training")) {
            Module model = Tensors.withDevice(Device.CPU, this::model).to(device);
            Tensor input = Tensors.withDevice(Device.CPU, this::input).to(device);
            Tensor target = Tensors.withDevice(Device.CPU, this::target).to(device);
            Optimizer optimizer = optimizer(model);
            Function<Tensor[], Tensor[]> trained = way.apply(graphs, in -> {
                Tensor loss = F.crossEntropy(model.call(in[0]), in[1]);
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                return new Tensor[] {loss};
            });
            for (int step = 0; step < steps; step++) {
                optimizer.groups().getFirst().lr(0.05 / (1 + step));
                try (Scope _ = Scope.open("step")) {
                    losses[step] = trained.apply(new Tensor[] {input, target})[0].item();
                }
                after.accept(step);
            }
        }
        graphs.forEach(Graphed::close);
        return losses;
    }
}
