package io.flambeau.nn.functional;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * How the layers of a transformer are built.
 *
 * @param feedForward the width between the two linear maps
 * @param dropout the probability with which elements are dropped in training
 * @param activation between the two linear maps
 * @param eps of the layer norms
 * @param batchFirst whether sequences are [N, L, width]
 * @param normFirst whether norms come before attention and feed-forward, else behind them
 * @param bias whether linear maps and norms have biases
 */
public record TransformerOptions(
        long feedForward,
        double dropout,
        UnaryOperator<Tensor> activation,
        double eps,
        boolean batchFirst,
        boolean normFirst,
        boolean bias) {
    /** 2,048 wide, dropout 0.1, ReLU, norms behind, batch second. */
    public static TransformerOptions options() {
        return new TransformerOptions(2048, 0.1, F::relu, 1e-5, false, false, true);
    }

    public TransformerOptions feedForward(long width) {
        return new TransformerOptions(width, dropout, activation, eps, batchFirst, normFirst, bias);
    }

    public TransformerOptions dropout(double p) {
        return new TransformerOptions(feedForward, p, activation, eps, batchFirst, normFirst, bias);
    }

    public TransformerOptions activation(UnaryOperator<Tensor> function) {
        return new TransformerOptions(feedForward, dropout, function, eps, batchFirst, normFirst, bias);
    }

    public TransformerOptions eps(double value) {
        return new TransformerOptions(feedForward, dropout, activation, value, batchFirst, normFirst, bias);
    }

    public TransformerOptions batchFirst(boolean on) {
        return new TransformerOptions(feedForward, dropout, activation, eps, on, normFirst, bias);
    }

    public TransformerOptions normFirst(boolean on) {
        return new TransformerOptions(feedForward, dropout, activation, eps, batchFirst, on, bias);
    }

    public TransformerOptions bias(boolean on) {
        return new TransformerOptions(feedForward, dropout, activation, eps, batchFirst, normFirst, on);
    }
}
