package io.flambeau.cli.bench;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MaxPool2d;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.nn.layer.Sigmoid;
import io.flambeau.optim.Adam;
import io.flambeau.optim.AdamW;
import io.flambeau.optim.Optimizer;
import io.flambeau.optim.Sgd;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.BinaryOperator;

/** Whole training steps; {@code models.py} has the same ones. */
final class Training {
    static final Case XOR = Case.small("xor 2-4-1, Adam", 10, Training::xor);
    static final Case MLP =
            Case.of("MLP 784-256-10, batch 64, SGD", 2.0 * 64 * (2 * 784 * 256 + 3 * 256 * 10), 0, Training::mlp);
    static final Case CNN = Case.of("CNN 28x28 (32, 64 channels), batch 64, Adam", 64 * cnnFlops(), 0, Training::cnn);
    static final Case GPT =
            Case.of("GPT 4x128, T 64, batch 16, AdamW", gptFlops(64, 128, 4, 16), 0, () -> gpt(64, 128, 4, 4, 16));
    static final Case LSTM =
            Case.of("LSTM 64-128, T 50, batch 32, Adam", 3 * 2.0 * 50 * 32 * (64 + 128) * 512, 0, Training::lstm);
    static final Case RESNET = Case.of(
            "ResNet-18 (32x32), batch 16, SGD momentum",
            16 * resnetFlops(32, conv(3, 64, 3, 32)),
            0,
            () -> resnet(Models.smallStem(), 32, 16));

    /** Two that fill an accelerator. */
    static final Case RESNET_224 = Case.of(
            "ResNet-18 (224x224), batch 128, SGD momentum",
            128 * resnetFlops(56, conv(3, 64, 7, 112)),
            0,
            () -> resnet(Models.largeStem(), 224, 128));

    static final Case GPT_384 =
            Case.of("GPT 6x384, T 256, batch 64, AdamW", gptFlops(256, 384, 6, 64), 0, () -> gpt(256, 384, 6, 6, 64));

    /** The five models whose memory counts, and which are not bound by the framework's own cost. */
    static final List<Case> FIVE = List.of(MLP, CNN, GPT, LSTM, RESNET);

    static final List<Case> ALL = List.of(XOR, MLP, CNN, GPT, LSTM, RESNET);

    private Training() {}

    /** Multiply-adds of a square convolution, twice: one addition and one multiplication each. */
    private static double conv(int in, int out, int kernel, int size) {
        return 2.0 * in * out * kernel * kernel * size * size;
    }

    /** Twice forward for the first convolution, whose input needs no gradient; three times for the rest. */
    private static double cnnFlops() {
        return 2 * conv(1, 32, 3, 28) + 3 * (conv(32, 64, 3, 14) + 2.0 * (3136 * 128 + 128 * 10));
    }

    private static double gptFlops(double time, double width, int layers, int batch) {
        double tokens = batch * time;
        double block = 2 * tokens * 12 * width * width + 2 * tokens * time * width;
        return 3 * (layers * block + 2 * tokens * width * 96);
    }

    /** With pictures of this size behind the stem. */
    private static double resnetFlops(int first, double stem) {
        double rest = 4 * conv(64, 64, 3, first);
        for (int width = 128, size = first / 2; width <= 512; width *= 2, size /= 2) {
            rest += conv(width / 2, width, 3, size) + conv(width / 2, width, 1, size) + 3 * conv(width, width, 3, size);
        }
        return 2 * stem + 3 * rest;
    }

    private static Workload of(Module model, Optimizer optimizer, Tensor x, Tensor y, BinaryOperator<Tensor> loss) {
        return Workload.scoped(() -> {
            optimizer.zeroGrad();
            Tensor value = loss.apply(model.call(x), y);
            value.backward();
            optimizer.step();
            return value.item();
        });
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
        return of(model, optimizer, Tensors.randn(64, 784), Tensors.randint(0, 10, 64), F::crossEntropy);
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
        return of(model, optimizer, Tensors.randn(64, 1, 28, 28), Tensors.randint(0, 10, 64), F::crossEntropy);
    }

    private static Workload gpt(int time, int width, int layers, int heads, int batch) {
        Module model = new Models.Gpt(96, time, width, layers, heads);
        Optimizer optimizer = new AdamW(model.parameters(), AdamW.options());
        Tensor x = Tensors.randint(0, 96, batch, time);
        return of(model, optimizer, x, Tensors.randint(0, 96, batch * time), F::crossEntropy);
    }

    private static Workload lstm() {
        Module model = new LSTM(64, 128);
        Optimizer optimizer = new Adam(model.parameters(), Adam.options());
        return of(model, optimizer, Tensors.randn(50, 32, 64), Tensors.randn(50, 32, 128), F::mseLoss);
    }

    private static Workload resnet(Sequential stem, int size, int batch) {
        Module model = Models.resnet18(stem);
        Optimizer optimizer = new Sgd(model.parameters(), Sgd.options().lr(0.01).momentum(0.9));
        return of(
                model, optimizer, Tensors.randn(batch, 3, size, size), Tensors.randint(0, 10, batch), F::crossEntropy);
    }
}
