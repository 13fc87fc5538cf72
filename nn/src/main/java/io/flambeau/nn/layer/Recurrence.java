package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.recurrent.Elman;
import io.flambeau.tensor.op.recurrent.Gru;
import io.flambeau.tensor.op.recurrent.Lstm;
import io.flambeau.tensor.op.recurrent.Sweep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of cell of the recurrent layers and cells, each as one operation over a sequence. */
enum Recurrence {
    TANH(1, 1),
    RELU(1, 1),
    LSTM(4, 2),
    GRU(3, 1);

    /** The parameters of one sweep; see the operation for their shapes. */
    record Weights(
            Tensor input,
            Tensor hidden,
            @Nullable Tensor inputBias,
            @Nullable Tensor hiddenBias,
            @Nullable Tensor projection) {}

    /** How many times the width the weights have rows. */
    final int gates;
    /** How many states there are: h, and c. */
    final int states;

    Recurrence(int gates, int states) {
        this.gates = gates;
        this.states = states;
    }

    /**
     * The states [T, N, *] after each step.
     *
     * @param x [T, N, in]
     * @param first the states [N, *] to start from
     * @param mask which steps are real [T, N], or null for all
     */
    Tensor[] over(Tensor x, Weights w, Tensor[] first, @Nullable Tensor mask, boolean reverse) {
        Sweep sweep = new Sweep(reverse, mask != null);
        return switch (this) {
            case TANH, RELU -> bound(new Elman(sweep, this == RELU), given(x, w), first[0], w.hidden, mask);
            case LSTM ->
                bound(
                        new Lstm(sweep, w.projection != null),
                        given(x, w),
                        first[0],
                        first[1],
                        w.hidden,
                        w.projection,
                        mask);
            case GRU ->
                bound(
                        new Gru(sweep, w.hiddenBias != null),
                        F.linear(x, w.input, w.inputBias),
                        first[0],
                        w.hidden,
                        w.hiddenBias,
                        mask);
        };
    }

    private static Tensor[] bound(Op op, @Nullable Tensor... in) {
        List<Tensor> there = new ArrayList<>(in.length);
        for (Tensor x : in) {
            if (x != null) {
                there.add(x);
            }
        }
        return Tensor.bindAll(op, there.toArray(Tensor[]::new));
    }

    /** What the input gives to the gates, with both biases. */
    private static Tensor given(Tensor x, Weights w) {
        Tensor bias = w.inputBias == null || w.hiddenBias == null ? null : w.inputBias.add(w.hiddenBias);
        return F.linear(x, w.input, bias);
    }

    /** Zeros to start from. */
    static Tensor zeros(Tensor like, long... sizes) {
        return Tensors.full(like.spec().with(Shape.of(sizes)), Scalar.ZERO);
    }
}
