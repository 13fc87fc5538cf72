package io.flambeau.libtorch;

import io.flambeau.cli.bench.Workload;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The training steps of {@code bench}, as {@code models.py} has them. */
final class Training {
    static final Map<String, Supplier<Workload>> ALL = Map.of(
            "xor 2-4-1, Adam", Training::xor,
            "MLP 784-256-10, batch 64, SGD", Training::mlp,
            "CNN 28x28 (32, 64 channels), batch 64, Adam", Training::cnn,
            "GPT 4x128, T 64, batch 16, AdamW", Training::gpt,
            "LSTM 64-128, T 50, batch 32, Adam", Training::lstm,
            "ResNet-18 (32x32), batch 16, SGD momentum", Training::resnet);

    private Training() {}

    private static Workload of(
            UnaryOperator<Tensor> model, Optimizer optimizer, Tensor x, Tensor y, BinaryOperator<Tensor> loss) {
        return Main.scoped(() -> {
            optimizer.zero_grad();
            Tensor value = loss.apply(model.apply(x), y);
            value.backward();
            optimizer.step();
            value.item_float();
        });
    }

    private static Optimizer sgd(Net net, double momentum) {
        SGDOptions options = new SGDOptions(0.01);
        options.momentum().put(momentum);
        return new SGD(net.parameters, options);
    }

    private static Tensor classes(long count, long size) {
        return Operations.indices(count, size);
    }

    private static Workload xor() {
        Net net = new Net();
        UnaryOperator<Tensor> model = Net.sequential(net.linear(2, 4), torch::relu, net.linear(4, 1), torch::sigmoid);
        Tensor x = Tensor.create(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2);
        Tensor y = Tensor.create(new float[] {0, 1, 1, 0}, 4, 1);
        return of(model, new Adam(net.parameters), x, y, torch::binary_cross_entropy);
    }

    private static Workload mlp() {
        Net net = new Net();
        UnaryOperator<Tensor> model = Net.sequential(net.linear(784, 256), torch::relu, net.linear(256, 10));
        return of(model, sgd(net, 0), torch.randn(64, 784), classes(10, 64), torch::cross_entropy_loss);
    }

    private static Workload cnn() {
        Net net = new Net();
        UnaryOperator<Tensor> model = Net.sequential(
                net.conv(1, 32, 3, 1, true),
                torch::relu,
                Net.maxPool(2, 2, 0),
                net.conv(32, 64, 3, 1, true),
                torch::relu,
                Net.maxPool(2, 2, 0),
                x -> x.flatten(1, -1),
                net.linear(64 * 7 * 7, 128),
                torch::relu,
                net.linear(128, 10));
        Tensor x = torch.randn(64, 1, 28, 28);
        return of(model, new Adam(net.parameters), x, classes(10, 64), torch::cross_entropy_loss);
    }

    private static Workload gpt() {
        Net net = new Net();
        UnaryOperator<Tensor> tokens = net.embedding(96, 128);
        UnaryOperator<Tensor> positions = net.embedding(64, 128);
        UnaryOperator<Tensor> blocks =
                Net.sequential(block(net, 128, 4), block(net, 128, 4), block(net, 128, 4), block(net, 128, 4));
        UnaryOperator<Tensor> head = Net.sequential(net.layerNorm(128), net.linearWithoutBias(128, 96));
        Tensor places = torch.arange(new Scalar(64)).toType(torch.ScalarType.Long);
        UnaryOperator<Tensor> model =
                x -> head.apply(blocks.apply(tokens.apply(x).add(positions.apply(places))))
                        .flatten(0, 1);
        Tensor x = Operations.indices(96, 16, 64);
        return of(model, new AdamW(net.parameters), x, classes(96, 16 * 64), torch::cross_entropy_loss);
    }

    /** Norm first, causal attention, four times the width inside. */
    private static UnaryOperator<Tensor> block(Net net, long width, long heads) {
        UnaryOperator<Tensor> qkv = Net.sequential(net.layerNorm(width), net.linear(width, 3 * width));
        UnaryOperator<Tensor> out = net.linear(width, width);
        UnaryOperator<Tensor> mlp = Net.sequential(
                net.layerNorm(width), net.linear(width, 4 * width), torch::gelu, net.linear(4 * width, width));
        return input -> {
            long batch = input.size(0);
            long time = input.size(1);
            TensorVector parts = qkv.apply(input)
                    .reshape(batch, time, 3, heads, width / heads)
                    .permute(2, 0, 3, 1, 4)
                    .unbind(0);
            Tensor seen = Net.attention(parts.get(0), parts.get(1), parts.get(2));
            Tensor x = input.add(out.apply(seen.transpose(1, 2).reshape(batch, time, width)));
            return x.add(mlp.apply(x));
        };
    }

    private static Workload lstm() {
        Net net = new Net();
        UnaryOperator<Tensor> model = net.lstm(64, 128);
        Tensor x = torch.randn(50, 32, 64);
        return of(model, new Adam(net.parameters), x, torch.randn(50, 32, 128), torch::mse_loss);
    }

    private static Workload resnet() {
        Net net = new Net();
        UnaryOperator<Tensor> model = Net.sequential(
                net.conv(3, 64, 3, 1, false),
                net.batchNorm(64),
                torch::relu,
                residual(net, 64, 64, 1),
                residual(net, 64, 64, 1),
                residual(net, 64, 128, 2),
                residual(net, 128, 128, 1),
                residual(net, 128, 256, 2),
                residual(net, 256, 256, 1),
                residual(net, 256, 512, 2),
                residual(net, 512, 512, 1),
                x -> torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, -1),
                net.linear(512, 10));
        return of(model, sgd(net, 0.9), torch.randn(16, 3, 32, 32), classes(10, 16), torch::cross_entropy_loss);
    }

    private static UnaryOperator<Tensor> residual(Net net, long in, long out, long stride) {
        UnaryOperator<Tensor> body = Net.sequential(
                net.conv(in, out, 3, stride, false),
                net.batchNorm(out),
                torch::relu,
                net.conv(out, out, 3, 1, false),
                net.batchNorm(out));
        UnaryOperator<Tensor> shortcut = in == out
                ? UnaryOperator.identity()
                : Net.sequential(net.conv(in, out, 1, stride, false), net.batchNorm(out));
        return x -> torch.relu(body.apply(x).add(shortcut.apply(x)));
    }
}
