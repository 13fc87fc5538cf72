package io.flambeau.cli.bench;

import io.flambeau.autograd.Grad;
import io.flambeau.nn.F;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.layer.GRU;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.optim.Adam;
import io.flambeau.optim.Optimizer;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Single operations; {@code operations.py} has the same ones under the same names. */
final class Operations {
    private static final int ROWS = 4000;
    private static final int COLUMNS = 1000;
    /** Four million floats. */
    private static final double LARGE = 4.0 * ROWS * COLUMNS;

    private final List<Case> cases = new ArrayList<>();

    private Operations() {}

    static List<Case> all() {
        Operations all = new Operations();
        all.products();
        all.cases.addAll(Convolutions.all());
        all.elementwise();
        all.reductions();
        all.norms();
        all.pools();
        all.moving();
        all.sequences();
        all.cases.addAll(Factorisations.all());
        return List.copyOf(all.cases);
    }

    /** An operation that arithmetic bounds. */
    private void flops(String name, double flops, Supplier<Supplier<?>> work) {
        cases.add(Case.of(name, flops, 0, () -> Workload.scoped(work.get())));
    }

    /** An operation that memory bounds. */
    private void bytes(String name, double bytes, Supplier<Supplier<?>> work) {
        cases.add(Case.of(name, 0, bytes, () -> Workload.scoped(work.get())));
    }

    /** A function of four million floats that reads and writes each once. */
    private void unary(String name, UnaryOperator<Tensor> function) {
        bytes(name + " of 4 M", 2 * LARGE, () -> {
            Tensor x = large();
            return () -> function.apply(x);
        });
    }

    static Tensor large() {
        return Tensors.randn(ROWS, COLUMNS);
    }

    /** The gradients of inputs for one random cotangent, over and over on one graph. */
    static Supplier<?> gradients(Tensor y, Tensor... inputs) {
        Tensor[] outputs = {y};
        Tensor[] cotangents = {Tensors.randn(y.shape().sizes())};
        return () -> Grad.grad(outputs, cotangents, inputs, true, false, false);
    }

    private void product(String name, double flops, Supplier<Tensor> left, Supplier<Tensor> right) {
        flops(name, flops, () -> {
            Tensor x = left.get();
            Tensor y = right.get();
            return () -> x.matmul(y);
        });
    }

    private void product(long m, long k, long n) {
        product(
                "matmul " + m + "x" + k + "x" + n,
                2.0 * m * k * n,
                () -> Tensors.randn(m, k),
                () -> Tensors.randn(k, n));
    }

    private void products() {
        for (int n : new int[] {64, 128, 256, 512, 1024, 2048}) {
            product(n, n, n);
        }
        product(10_000, 64, 64);
        product(64, 784, 256);
        product(64, 10_000, 64);
        product(1024, 128, 512);
        product(4096, 16, 4096);
        product(
                "matmul 1024x512x1024, transposed left",
                2.0 * 1024 * 512 * 1024,
                () -> Tensors.randn(512, 1024).t(),
                () -> Tensors.randn(512, 1024));
        product(
                "matmul 1024x512x1024, transposed right",
                2.0 * 1024 * 512 * 1024,
                () -> Tensors.randn(1024, 512),
                () -> Tensors.randn(1024, 512).t());
        product("matmul 1x1024x1024", 2.0 * 1024 * 1024, () -> Tensors.randn(1, 1024), () -> Tensors.randn(1024, 1024));
        product(
                "bmm 64 of 64x32x64, transposed right",
                2.0 * 64 * 64 * 32 * 64,
                () -> Tensors.randn(64, 64, 32),
                () -> Tensors.randn(64, 64, 32).transpose(1, 2));
        product(
                "bmm 64 of 64x64x32",
                2.0 * 64 * 64 * 32 * 64,
                () -> Tensors.randn(64, 64, 64),
                () -> Tensors.randn(64, 64, 32));
        product(
                "bmm 96 of 256x64x256, transposed right",
                2.0 * 96 * 256 * 64 * 256,
                () -> Tensors.randn(96, 256, 64),
                () -> Tensors.randn(96, 256, 64).transpose(1, 2));
        product(
                "bmm 1000 of 16x16x16",
                2.0 * 1000 * 16 * 16 * 16,
                () -> Tensors.randn(1000, 16, 16),
                () -> Tensors.randn(1000, 16, 16));
        flops("linear 64x784 to 256, with bias", 2.0 * 64 * 784 * 256, () -> {
            Tensor x = Tensors.randn(64, 784);
            Tensor w = Tensors.randn(256, 784);
            Tensor b = Tensors.randn(256);
            return () -> F.linear(x, w, b);
        });
    }

    private void elementwise() {
        bytes("a + b of 4 M", 3 * LARGE, () -> {
            Tensor x = large();
            Tensor y = large();
            return () -> x.add(y);
        });
        bytes("a + row of 4 M", 2 * LARGE, () -> {
            Tensor x = large();
            Tensor row = Tensors.randn(COLUMNS);
            return () -> x.add(row);
        });
        bytes("a + column of 4 M", 2 * LARGE, () -> {
            Tensor x = large();
            Tensor column = Tensors.randn(ROWS, 1);
            return () -> x.add(column);
        });
        unary("a * 0.5", x -> x.mul(0.5));
        unary("relu", F::relu);
        unary("gelu", F::gelu);
        unary("exp", Tensor::exp);
        unary("log", x -> x.log());
        unary("tanh", Tensor::tanh);
        unary("sigmoid", Tensor::sigmoid);
        unary("dropout", x -> F.dropout(x, 0.5, true));
        bytes("gelu gradient of 4 M", 3 * LARGE, () -> {
            Tensor x = large().requiresGrad(true);
            return gradients(F.gelu(x), x);
        });
        bytes("a > b of 4 M", 2 * LARGE + LARGE / 4, () -> {
            Tensor x = large();
            Tensor y = large();
            return () -> x.gt(y);
        });
        bytes("float32 to float16 of 4 M", 1.5 * LARGE, () -> {
            Tensor x = large();
            return () -> x.to(DType.F16);
        });
        bytes("float16 to float32 of 4 M", 1.5 * LARGE, () -> {
            Tensor x = large().to(DType.F16);
            return () -> x.to(DType.F32);
        });
        bytes("float32 to bfloat16 of 4 M", 1.5 * LARGE, () -> {
            Tensor x = large();
            return () -> x.to(DType.BF16);
        });
        bytes("bfloat16 to float32 of 4 M", 1.5 * LARGE, () -> {
            Tensor x = large().to(DType.BF16);
            return () -> x.to(DType.F32);
        });
        bytes("bfloat16 a + b of 4 M", 1.5 * LARGE, () -> {
            Tensor x = large().to(DType.BF16);
            Tensor y = large().to(DType.BF16);
            return () -> x.add(y);
        });
    }

    private void reduction(String name, UnaryOperator<Tensor> function) {
        bytes(name + " of 4 M", LARGE, () -> {
            Tensor x = large();
            return () -> function.apply(x);
        });
    }

    private void reductions() {
        reduction("sum", x -> x.sum());
        reduction("sum over axis 0", x -> x.sum(0));
        reduction("sum over axis 1", x -> x.sum(1));
        reduction("sum over axis 1 of 3", x -> x.reshape(40, 100, COLUMNS).sum(1));
        reduction("mean over axis 1", x -> x.mean(1));
        reduction("amax over axis 1", x -> x.amax(1));
        reduction("argmax over axis 1", x -> x.argmax(1));
        reduction("var over axis 1", x -> x.var(1));
        unary("cumsum over axis 1", x -> x.cumsum(1));
    }

    private void norms() {
        unary("softmax over axis 1", x -> x.softmax(1));
        unary("log softmax over axis 1", x -> F.logSoftmax(x, 1));
        bytes("softmax gradient of 4 M", 3 * LARGE, () -> {
            Tensor x = large().requiresGrad(true);
            return gradients(x.softmax(1), x);
        });
        unary("layer norm", x -> F.layerNorm(x, COLUMNS));
        bytes("layer norm gradient of 4 M", 3 * LARGE, () -> {
            Tensor x = large().requiresGrad(true);
            Tensor weight = Tensors.ones(COLUMNS).requiresGrad(true);
            Tensor bias = Tensors.zeros(COLUMNS).requiresGrad(true);
            return gradients(F.layerNorm(x, new long[] {COLUMNS}, weight, bias, 1e-5), x, weight, bias);
        });
        bytes("cross entropy 4000x1000, with gradient", 3 * LARGE, () -> {
            Tensor x = large().requiresGrad(true);
            Tensor y = Tensors.randint(0, COLUMNS, ROWS);
            return () -> Grad.grad(F.crossEntropy(x, y), x);
        });
        double picture = 4.0 * 16 * 64 * 56 * 56;
        bytes("batch norm 16x64x56x56, training", 3 * picture, () -> {
            Tensor x = Tensors.randn(16, 64, 56, 56);
            Tensor mean = Tensors.zeros(64);
            Tensor var = Tensors.ones(64);
            Tensor weight = Tensors.ones(64);
            Tensor bias = Tensors.zeros(64);
            return () -> F.batchNorm(x, mean, var, weight, bias, true, 0.1, 1e-5);
        });
        bytes("batch norm gradient 16x64x56x56", 5 * picture, () -> {
            Tensor x = Tensors.randn(16, 64, 56, 56).requiresGrad(true);
            Tensor weight = Tensors.ones(64).requiresGrad(true);
            Tensor bias = Tensors.zeros(64).requiresGrad(true);
            return gradients(F.batchNorm(x, null, null, weight, bias, true, 0.1, 1e-5), x, weight, bias);
        });
        bytes("group norm 16x64x56x56, 8 groups", 3 * picture, () -> {
            Tensor x = Tensors.randn(16, 64, 56, 56);
            return () -> F.groupNorm(x, 8);
        });
    }

    private void pools() {
        double pictures = 4.0 * 64 * 32 * 28 * 28;
        bytes("max pool 2x2 of 64x32x28x28", 1.25 * pictures, () -> {
            Tensor x = Tensors.randn(64, 32, 28, 28);
            return () -> F.maxPool2d(x, 2);
        });
        bytes("max pool gradient 2x2 of 64x32x28x28", 1.5 * pictures, () -> {
            Tensor x = Tensors.randn(64, 32, 28, 28).requiresGrad(true);
            return gradients(F.maxPool2d(x, 2), x);
        });
        bytes("average pool 2x2 of 64x32x28x28", 1.25 * pictures, () -> {
            Tensor x = Tensors.randn(64, 32, 28, 28);
            return () -> F.avgPool2d(x, 2);
        });
    }

    private void moving() {
        bytes("transposing copy 4000x1000", 2 * LARGE, () -> {
            Tensor x = large();
            return () -> x.t().contiguous();
        });
        bytes("permuting copy 16x64x4x32", 2 * 4.0 * 16 * 64 * 4 * 32, () -> {
            Tensor x = Tensors.randn(16, 64, 4, 32);
            return () -> x.transpose(1, 2).contiguous();
        });
        bytes("cat of 2 x 2 M", 2 * LARGE, () -> {
            Tensor x = Tensors.randn(ROWS / 2, COLUMNS);
            Tensor y = Tensors.randn(ROWS / 2, COLUMNS);
            return () -> Tensors.cat(0, x, y);
        });
        bytes("gather 1 M of 4 M", 4e6 * (4 + 8 + 4) / 4, () -> {
            Tensor x = large();
            Tensor index = Tensors.randint(0, COLUMNS, ROWS, COLUMNS / 4);
            return () -> x.gather(1, index);
        });
        bytes("scatter add 1 M into 4 M", 2 * LARGE + 1e6 * (4 + 8 + 4), () -> {
            Tensor x = large();
            Tensor index = Tensors.randint(0, COLUMNS, ROWS, COLUMNS / 4);
            Tensor source = Tensors.randn(ROWS, COLUMNS / 4);
            return () -> x.scatterAdd(1, index, source);
        });
        bytes("embedding 4096 of 10000x256", 2 * 4.0 * 4096 * 256, () -> {
            Tensor index = Tensors.randint(0, 10_000, 4096);
            Tensor weight = Tensors.randn(10_000, 256);
            return () -> F.embedding(index, weight);
        });
        bytes("embedding gradient 4096 of 10000x256", 4.0 * (4096 * 256 + 10_000 * 256), () -> {
            Tensor index = Tensors.randint(0, 10_000, 4096);
            Tensor weight = Tensors.randn(10_000, 256).requiresGrad(true);
            return gradients(F.embedding(index, weight), weight);
        });
        bytes("sort 1000x1000", 4.0 * 1e6 * (1 + 1 + 2), () -> {
            Tensor x = Tensors.randn(1000, 1000);
            return () -> x.sort();
        });
        bytes("sort 1 M", 4.0 * 1e6 * (1 + 1 + 2), () -> {
            Tensor x = Tensors.randn(1_000_000);
            return () -> x.sort();
        });
        bytes("topk 10 of 4000x1000", LARGE, () -> {
            Tensor x = large();
            return () -> x.topk(10);
        });
        bytes("Adam step on 4 M", 7 * LARGE, () -> {
            Tensor x = large().requiresGrad(true);
            Tensor target = large();
            Optimizer optimizer = new Adam(List.of(x), Adam.options());
            x.sub(target).square().mean().backward();
            return () -> {
                optimizer.step();
                return x;
            };
        });
    }

    private void sequences() {
        double gates = 2.0 * 50 * 32 * (64 + 128) * 512;
        flops("LSTM 64-128, T 50, batch 32", gates, () -> {
            LSTM layer = new LSTM(64, 128);
            Tensor x = Tensors.randn(50, 32, 64);
            return () -> Tensors.noGrad(() -> layer.call(x));
        });
        flops("LSTM gradient 64-128, T 50, batch 32", 2 * gates, () -> {
            LSTM layer = new LSTM(64, 128);
            Tensor x = Tensors.randn(50, 32, 64);
            return gradients(layer.call(x), layer.parameters().toArray(new Tensor[0]));
        });
        flops("GRU 64-128, T 50, batch 32", gates * 3 / 4, () -> {
            GRU layer = new GRU(64, 128);
            Tensor x = Tensors.randn(50, 32, 64);
            return () -> Tensors.noGrad(() -> layer.call(x));
        });
        attention(16, 4, 64, 32);
        attention(8, 12, 512, 64);
    }

    private void attention(long batch, long heads, long time, long width) {
        String name = "attention " + batch + "x" + heads + "x" + time + "x" + width + ", causal";
        double flops = 2.0 * batch * heads * time * time * width;
        AttentionOptions causal = AttentionOptions.options().causal(true);
        flops(name, flops, () -> {
            Tensor q = Tensors.randn(batch, heads, time, width);
            Tensor k = Tensors.randn(batch, heads, time, width);
            Tensor v = Tensors.randn(batch, heads, time, width);
            return () -> F.scaledDotProductAttention(q, k, v, causal);
        });
        flops(name + ", gradient", 2.5 * flops, () -> {
            Tensor q = Tensors.randn(batch, heads, time, width).requiresGrad(true);
            Tensor k = Tensors.randn(batch, heads, time, width).requiresGrad(true);
            Tensor v = Tensors.randn(batch, heads, time, width).requiresGrad(true);
            return gradients(F.scaledDotProductAttention(q, k, v, causal), q, k, v);
        });
    }
}
