package io.flambeau.cli.bench;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.ModuleList;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.nn.layer.AdaptiveAvgPool2d;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Embedding;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.GELU;
import io.flambeau.nn.layer.LayerNorm;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MaxPool2d;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;

/** The larger networks of the training rows; {@code models.py} has the same ones. */
final class Models {
    private Models() {}

    /** A transformer of the usual kind: norm first, causal attention, four times the width inside. */
    static final class Gpt extends Module {
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
            return head.call(norm.call(x)).flatten(0, 1);
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

    /** What pictures of 32 x 32 go through first: 3 x 3 without pooling. */
    static Sequential smallStem() {
        return new Sequential(conv(3, 64, 3, 1), new BatchNorm2d(64), new ReLU());
    }

    /** What pictures of 224 x 224 go through first. */
    static Sequential largeStem() {
        return new Sequential(
                conv(3, 64, 7, 2),
                new BatchNorm2d(64),
                new ReLU(),
                new MaxPool2d(MaxPoolOptions.kernel(3).stride(2).padding(1)));
    }

    /** ResNet-18: eight blocks of 64 to 512 channels behind a stem. */
    static Module resnet18(Sequential stem) {
        return new Sequential(
                stem,
                new Residual(64, 64, 1),
                new Residual(64, 64, 1),
                new Residual(64, 128, 2),
                new Residual(128, 128, 1),
                new Residual(128, 256, 2),
                new Residual(256, 256, 1),
                new Residual(256, 512, 2),
                new Residual(512, 512, 1),
                new AdaptiveAvgPool2d(1, 1),
                new Flatten(),
                new Linear(512, 10));
    }

    private static Conv2d conv(long in, long out, long kernel, long stride) {
        return new Conv2d(
                in, out, Axes.of(kernel), Conv2d.options().stride(stride).padding(kernel / 2), false);
    }

    /** Two convolutions beside a short cut, which is projected where sizes change. */
    private static final class Residual extends Module {
        private final Sequential body;
        private final Sequential shortcut;

        Residual(long in, long out, long stride) {
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
        protected Tensor forward(Tensor input) {
            return F.relu(body.call(input).add(shortcut.call(input)));
        }
    }
}
