package io.flambeau.examples;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.ModuleList;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.layer.Embedding;
import io.flambeau.nn.layer.LayerNorm;
import io.flambeau.nn.layer.Linear;
import io.flambeau.optim.AdamW;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A small transformer that learns to write like a text file, character by character (after Radford et al., <em>Language
 * models are unsupervised multitask learners</em>, 2019): {@code CharGpt FILE [steps]}.
 */
public final class CharGpt extends Module {
    /** One layer: attention to earlier characters, then two linear maps, each added to its input. */
    static final class Block extends Module {
        private final LayerNorm norm1;
        private final Linear qkv;
        private final Linear out;
        private final LayerNorm norm2;
        private final Linear up;
        private final Linear down;
        private final int heads;

        Block(long width, int heads) {
            this.heads = heads;
            norm1 = child("norm1", new LayerNorm(width));
            qkv = child("qkv", new Linear(width, 3 * width));
            out = child("out", new Linear(width, width));
            norm2 = child("norm2", new LayerNorm(width));
            up = child("up", new Linear(width, 4 * width));
            down = child("down", new Linear(4 * width, width));
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
            return x.add(down.call(F.gelu(up.call(norm2.call(x)))));
        }
    }

    private static final int TIME = 32;
    private final Embedding characters;
    private final Embedding positions;
    private final ModuleList<Block> blocks;
    private final LayerNorm norm;
    private final Linear head;

    CharGpt(long vocabulary, long width, int layers, int heads) {
        characters = child("characters", new Embedding(vocabulary, width));
        positions = child("positions", new Embedding(TIME, width));
        List<Block> all = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            all.add(new Block(width, heads));
        }
        blocks = child("blocks", new ModuleList<>(all));
        norm = child("norm", new LayerNorm(width));
        head = child("head", new Linear(width, vocabulary));
    }

    @Override
    protected Tensor forward(Tensor input) {
        Tensor x = characters.call(input).add(positions.call(Tensors.arange(input.size(1))));
        for (Block block : blocks) {
            x = block.call(x);
        }
        return head.call(norm.call(x));
    }

    public static void main(String[] args) throws IOException {
        String text = Files.readString(Path.of(args[0]));
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        int[] vocabulary = text.chars().distinct().sorted().toArray();
        long[] codes =
                text.chars().mapToLong(c -> Arrays.binarySearch(vocabulary, c)).toArray();
        Tensor data = Tensors.of(codes);
        Tensors.manualSeed(1);
        SplittableRandom random = new SplittableRandom(1);
        CharGpt model = new CharGpt(vocabulary.length, 64, 2, 4);
        AdamW optimizer = new AdamW(model.parameters(), AdamW.options().lr(2e-3));
        for (int step = 1; step <= steps; step++) {
            try (Scope _ = Scope.open("step")) {
                Tensor[] windows = new Tensor[16];
                for (int i = 0; i < windows.length; i++) {
                    windows[i] = data.narrow(0, random.nextInt(codes.length - TIME), TIME + 1);
                }
                Tensor batch = Tensors.stack(0, windows);
                Tensor scores = model.call(batch.narrow(1, 0, TIME));
                Tensor loss = F.crossEntropy(
                        scores.flatten(0, 1), batch.narrow(1, 1, TIME).reshape(-1));
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                if (step % 100 == 0 || step == 1) {
                    System.out.println(String.format(Locale.ROOT, "step %d  loss %.3f", step, loss.item()));
                }
            }
        }
        System.out.println(model.write(vocabulary, codes[0], 200, random));
    }

    /** Continues from a character, each next one drawn by its probability. */
    private String write(int[] vocabulary, long first, int length, SplittableRandom random) {
        List<Long> written = new ArrayList<>(List.of(first));
        StringBuilder text = new StringBuilder();
        Tensors.noGrad(() -> {
            while (text.length() < length) {
                try (Scope _ = Scope.open("write")) {
                    List<Long> seen = written.subList(Math.max(0, written.size() - TIME), written.size());
                    Tensor input =
                            Tensors.of(seen.stream().mapToLong(Long::longValue).toArray(), 1, seen.size());
                    double[] shares = call(input).select(1, -1).softmax(1).toDoubleArray();
                    double at = random.nextDouble();
                    int next = 0;
                    while (next < shares.length - 1 && (at -= shares[next]) > 0) {
                        next++;
                    }
                    written.add((long) next);
                    text.append((char) vocabulary[next]);
                }
            }
        });
        return text.toString();
    }
}
