package io.flambeau.nn.functional;

/**
 * How a recurrent layer is built.
 *
 * @param layers how many, one on the other
 * @param bias whether there are biases
 * @param batchFirst whether sequences are [N, T, ...]; states are [layers, N, ...] all the same
 * @param dropout the probability with which an output is dropped between layers in training
 * @param bidirectional whether a second sweep goes from the last step to the first
 * @param projection the width to which the state h of an LSTM is projected, or 0
 */
public record RecurrentOptions(
        int layers, boolean bias, boolean batchFirst, double dropout, boolean bidirectional, long projection) {
    /** One layer, one direction, with biases. */
    public static RecurrentOptions options() {
        return new RecurrentOptions(1, true, false, 0, false, 0);
    }

    public RecurrentOptions layers(int value) {
        return new RecurrentOptions(value, bias, batchFirst, dropout, bidirectional, projection);
    }

    public RecurrentOptions bias(boolean on) {
        return new RecurrentOptions(layers, on, batchFirst, dropout, bidirectional, projection);
    }

    public RecurrentOptions batchFirst(boolean on) {
        return new RecurrentOptions(layers, bias, on, dropout, bidirectional, projection);
    }

    public RecurrentOptions dropout(double p) {
        return new RecurrentOptions(layers, bias, batchFirst, p, bidirectional, projection);
    }

    public RecurrentOptions bidirectional(boolean on) {
        return new RecurrentOptions(layers, bias, batchFirst, dropout, on, projection);
    }

    public RecurrentOptions projection(long width) {
        return new RecurrentOptions(layers, bias, batchFirst, dropout, bidirectional, width);
    }
}
