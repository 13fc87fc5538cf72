package io.flambeau.conformance;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.nn.functional.TransformerMasks;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Embedding;
import io.flambeau.nn.layer.GELU;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.nn.layer.LayerNorm;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MultiheadAttention;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.nn.layer.Sigmoid;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** The models of the golden training runs, and their losses of output and target. */
final class Models {
    private Models() {}

    /** A model and its loss. */
    record Model(Supplier<Module> maker, BinaryOperator<Tensor> loss) {}

    static final Map<String, Model> ALL = Map.of(
            "xor",
                    new Model(
                            () -> new Sequential(new Linear(2, 4), new ReLU(), new Linear(4, 1), new Sigmoid()),
                            F::binaryCrossEntropy),
            "simplenet", new Model(SimpleNet::new, F::mseLoss),
            "lenet",
                    new Model(
                            LeNet::new,
                            (y, target) -> F.crossEntropy(
                                    y, target, CrossEntropyOptions.options().labelSmoothing(0.1))),
            "gpt", new Model(Gpt::new, Models::everywhere),
            "tagger", new Model(Tagger::new, Models::everywhere));

    /** Cross entropy over all positions. */
    private static Tensor everywhere(Tensor scores, Tensor target) {
        return F.crossEntropy(scores.flatten(0, 1), target.flatten());
    }

    private static final class SimpleNet extends Module {
        private final Linear fc1 = child("fc1", new Linear(10, 50));
        private final Linear fc2 = child("fc2", new Linear(50, 1));

        @Override
        protected Tensor forward(Tensor x) {
            return fc2.call(fc1.call(x).relu());
        }
    }

    private static final class LeNet extends Module {
        private final Conv2d conv1 =
                child("conv1", new Conv2d(1, 6, 5, Conv2d.options().padding(2)));
        private final BatchNorm2d bn1 = child("bn1", new BatchNorm2d(6));
        private final Conv2d conv2 = child("conv2", new Conv2d(6, 16, 5));
        private final Linear fc1 = child("fc1", new Linear(400, 120));
        private final Linear fc2 = child("fc2", new Linear(120, 84));
        private final Linear fc3 = child("fc3", new Linear(84, 10));

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = F.maxPool2d(bn1.call(conv1.call(x)).relu(), 2);
            y = F.maxPool2d(conv2.call(y).relu(), 2).flatten(1);
            return fc3.call(fc2.call(fc1.call(y).relu()).relu());
        }
    }

    private static final class Block extends Module {
        private final LayerNorm ln1 = child("ln1", new LayerNorm(32));
        private final MultiheadAttention attn = child(
                "attn",
                new MultiheadAttention(32, 4, MultiheadAttention.options().batchFirst(true)));
        private final LayerNorm ln2 = child("ln2", new LayerNorm(32));
        private final Sequential mlp =
                child("mlp", new Sequential(new Linear(32, 128), new GELU(), new Linear(128, 32)));

        @Override
        protected Tensor forward(Tensor x) {
            Tensor normed = ln1.call(x);
            Tensor mask = TransformerMasks.causal(x.size(1));
            Tensor y = x.add(attn.call(normed, normed, normed, null, mask));
            return y.add(mlp.call(ln2.call(y)));
        }
    }

    private static final class Gpt extends Module {
        private final Embedding tok = child("tok", new Embedding(32, 32));
        private final Embedding pos = child("pos", new Embedding(16, 32));
        private final Sequential blocks = child("blocks", new Sequential(new Block(), new Block()));
        private final LayerNorm ln = child("ln", new LayerNorm(32));
        private final Linear head = child("head", new Linear(32, 32, false));

        @Override
        protected Tensor forward(Tensor x) {
            Tensor y = tok.call(x).add(pos.call(Tensors.arange(x.size(1))));
            return head.call(ln.call(blocks.call(y)));
        }
    }

    private static final class Tagger extends Module {
        private final Embedding emb = child("emb", new Embedding(20, 8));
        private final LSTM lstm = child(
                "lstm",
                new LSTM(
                        8,
                        12,
                        RecurrentOptions.options().layers(2).batchFirst(true).bidirectional(true)));
        private final Linear out = child("out", new Linear(24, 5));

        @Override
        protected Tensor forward(Tensor x) {
            return out.call(lstm.call(emb.call(x)));
        }
    }
}
