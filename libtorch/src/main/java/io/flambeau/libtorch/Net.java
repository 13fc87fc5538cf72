package io.flambeau.libtorch;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Layers as functions, and the parameters that they have made. */
final class Net {
    static final TensorOptional NONE = new TensorOptional();
    static final DoubleOptional NO_SCALE = new DoubleOptional();

    final TensorVector parameters = new TensorVector();

    @SafeVarargs
    static UnaryOperator<Tensor> sequential(UnaryOperator<Tensor>... layers) {
        return x -> {
            Tensor y = x;
            for (UnaryOperator<Tensor> layer : layers) {
                y = layer.apply(y);
            }
            return y;
        };
    }

    static Tensor attention(Tensor q, Tensor k, Tensor v) {
        return torch.scaled_dot_product_attention(q, k, v, NONE, 0, true, NO_SCALE, false);
    }

    static UnaryOperator<Tensor> maxPool(long kernel, long stride, long padding) {
        long[] sizes = {kernel, kernel};
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        long[] dilation = {1, 1};
        return x -> torch.max_pool2d(x, sizes, strides, paddings, dilation, false);
    }

    /** With values of so much variance. */
    Tensor leaf(double variance, long... sizes) {
        Tensor values = torch.randn(sizes).mul(new Scalar(Math.sqrt(variance)));
        values.set_requires_grad(true);
        parameters.push_back(values);
        return values;
    }

    private Tensor ones(long size) {
        Tensor values = torch.ones(size);
        values.set_requires_grad(true);
        parameters.push_back(values);
        return values;
    }

    UnaryOperator<Tensor> linear(long in, long out) {
        Tensor weight = leaf(1.0 / in, out, in);
        TensorOptional bias = new TensorOptional(leaf(0, out));
        return x -> torch.linear(x, weight, bias);
    }

    UnaryOperator<Tensor> linearWithoutBias(long in, long out) {
        Tensor weight = leaf(1.0 / in, out, in);
        return x -> torch.linear(x, weight);
    }

    /** Padded by half the kernel. */
    UnaryOperator<Tensor> conv(long in, long out, long kernel, long stride, boolean hasBias) {
        Tensor weight = leaf(1.0 / (in * kernel * kernel), out, in, kernel, kernel);
        TensorOptional bias = hasBias ? new TensorOptional(leaf(0, out)) : NONE;
        return x -> conv(x, weight, bias, stride, 1);
    }

    /** Padded by half the kernel. */
    static Tensor conv(Tensor x, Tensor weight, TensorOptional bias, long stride, long groups) {
        long padding = weight.size(2) / 2;
        return torch.conv2d(
                x, weight, bias, new long[] {stride, stride}, new long[] {padding, padding}, new long[] {1, 1}, groups);
    }

    UnaryOperator<Tensor> batchNorm(long channels) {
        TensorOptional weight = new TensorOptional(ones(channels));
        TensorOptional bias = new TensorOptional(leaf(0, channels));
        TensorOptional mean = new TensorOptional(torch.zeros(channels));
        TensorOptional variance = new TensorOptional(torch.ones(channels));
        return x -> torch.batch_norm(x, weight, bias, mean, variance, true, 0.1, 1e-5, false);
    }

    UnaryOperator<Tensor> layerNorm(long width) {
        long[] sizes = {width};
        TensorOptional weight = new TensorOptional(ones(width));
        TensorOptional bias = new TensorOptional(leaf(0, width));
        return x -> torch.layer_norm(x, sizes, weight, bias, 1e-5, false);
    }

    UnaryOperator<Tensor> embedding(long count, long width) {
        Tensor weight = leaf(1, count, width);
        return indices -> torch.embedding(weight, indices);
    }

    /** The weights of a recurrent layer with so many gates. */
    TensorVector gates(int count, long in, long width) {
        TensorVector weights = new TensorVector();
        for (Tensor weight : List.of(
                leaf(1.0 / width, count * width, in),
                leaf(1.0 / width, count * width, width),
                leaf(0, count * width),
                leaf(0, count * width))) {
            weights.push_back(weight);
        }
        return weights;
    }

    UnaryOperator<Tensor> lstm(long in, long width) {
        TensorVector weights = gates(4, in, width);
        return x -> lstm(x, weights, width);
    }

    /** The outputs of one layer, from states of zeros. */
    static Tensor lstm(Tensor x, TensorVector weights, long width) {
        Tensor zeros = torch.zeros(1, x.size(1), width);
        return torch.lstm(x, new TensorVector(zeros, zeros), weights, true, 1, 0, true, false, false)
                .get0();
    }
}
