package io.flambeau.cli.bench;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.ModuleList;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Embedding;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.GELU;
import io.flambeau.nn.layer.LayerNorm;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MaxPool2d;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.nn.layer.Sigmoid;
import io.flambeau.optim.Adam;
import io.flambeau.optim.AdamW;
import io.flambeau.optim.Optimizer;
import io.flambeau.optim.Sgd;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** The training steps that are compared; {@code peer.py} builds the same ones. */
final class Workloads {
    private Workloads() {}

    /** By name, each made when it is first used. */
    static Map<String, Supplier<Workload>> all() {
        Map<String, Supplier<Workload>> all = new LinkedHashMap<>();
        all.put("xor", Workloads::xor);
        all.put("mlp", Workloads::mlp);
        all.put("cnn", Workloads::cnn);
        all.put("gpt", Workloads::gpt);
        return all;
    }

    private static Workload of(Module model, Optimizer optimizer, Tensor x, Tensor y, BinaryOperator<Tensor> loss) {
        return () -> {
            try (Scope _ = Scope.open("step")) {
                optimizer.zeroGrad();
                Tensor value = loss.apply(model.call(x), y);
                value.backward();
                optimizer.step();
                return value.item();
            }
        };
    }

    private static Tensor classes(long count, long... sizes) {
        return Tensors.rand(sizes).mul(count).to(DType.I64);
    }

    private static Workload xor() {
        Module model = new Sequential(new Linear(2, 4), new ReLU(), new Linear(4, 1), new Sigmoid());
        Tensor x = Tensors.of(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Tensor y = Tensors.of(new float[][] {{0}, {1}, {1}, {0}});
        return of(model, new Adam(model.parameters(), Adam.options()), x, y, F::binaryCrossEntropy);
    }

    private static Workload mlp() {
        Module model = new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 10));
        Optimizer optimizer = new Sgd(model.parameters(), Sgd.options().lr(0.01));
        return of(model, optimizer, Tensors.randn(64, 784), classes(10, 64), F::crossEntropy);
    }

    private static Workload cnn() {
        Module model = new Sequential(
                new Conv2d(1, 32, 3, Conv2d.options().padding(1)),
                new ReLU(),
                new MaxPool2d(2),
                new Conv2d(32, 64, 3, Conv2d.options().padding(1)),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(64 * 7 * 7, 128),
                new ReLU(),
                new Linear(128, 10));
        Optimizer optimizer = new Adam(model.parameters(), Adam.options());
        return of(model, optimizer, Tensors.randn(64, 1, 28, 28), classes(10, 64), F::crossEntropy);
    }

    private static Workload gpt() {
        Gpt model = new Gpt(65, 64, 128, 4, 4);
        Optimizer optimizer = new AdamW(model.parameters(), AdamW.options());
        return of(
                model,
                optimizer,
                classes(65, 16, 64),
                classes(65, 16 * 64),
                (scores, y) -> F.crossEntropy(scores.flatten(0, 1), y));
    }

    /** A transformer of the usual kind: norm first, causal attention, four times the width inside. */
    private static final class Gpt extends Module {
        private final Embedding tokens;
        private final Embedding positions;
        private final ModuleList<Block> blocks = child("blocks", new ModuleList<>());
        private final LayerNorm norm;
        private final Linear head;

        Gpt(long vocabulary, long time, long width, int layers, int heads) {
            tokens = child("tokens", new Embedding(vocabulary, width));
            positions = child("positions", new Embedding(time, width));
            for (int i = 0; i < layers; i++) {
                blocks.add(new Block(width, heads));
            }
            norm = child("norm", new LayerNorm(width));
            head = child("head", new Linear(width, vocabulary, false));
        }

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = tokens.call(input).add(positions.call(Tensors.arange(input.size(1))));
            for (Block block : blocks) {
                x = block.call(x);
            }
            return head.call(norm.call(x));
        }
    }

    private static final class Block extends Module {
        private final int heads;
        private final LayerNorm norm1;
        private final LayerNorm norm2;
        private final Linear qkv;
        private final Linear out;
        private final Sequential mlp;

        Block(long width, int heads) {
            this.heads = heads;
            norm1 = child("norm1", new LayerNorm(width));
            norm2 = child("norm2", new LayerNorm(width));
            qkv = child("qkv", new Linear(width, 3 * width));
            out = child("out", new Linear(width, width));
            mlp = child("mlp", new Sequential(new Linear(width, 4 * width), new GELU(), new Linear(4 * width, width)));
        }

        @Override
        protected Tensor forward(Tensor input) {
            long batch = input.size(0);
            long time = input.size(1);
            long width = input.size(2);
            Tensor[] parts = qkv.call(norm1.call(input))
                    .reshape(batch, time, 3, heads, width / heads)
                    .permute(2, 0, 3, 1, 4)
                    .unbind(0);
            Tensor seen = F.scaledDotProductAttention(
                    parts[0], parts[1], parts[2], AttentionOptions.options().causal(true));
            Tensor x = input.add(out.call(seen.transpose(1, 2).reshape(batch, time, width)));
            return x.add(mlp.call(norm2.call(x)));
        }
    }
}
