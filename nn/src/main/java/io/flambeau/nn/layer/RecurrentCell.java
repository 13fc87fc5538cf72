package io.flambeau.nn.layer;

import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** What the recurrent cells share: one step of [N, in], or of one sample [in]. */
public abstract sealed class RecurrentCell extends Module permits RNNCell, LSTMCell, GRUCell {
    private final Recurrence kind;
    private final long in;
    private final long width;
    private final Recurrence.Weights weights;

    RecurrentCell(Recurrence kind, long in, long width, boolean bias) {
        if (in < 1 || width < 1) {
            throw new ArgumentException(
                    title(), "cannot be built of widths " + in + " and " + width, Fault.BAD_ARGUMENT);
        }
        this.kind = kind;
        this.in = in;
        this.width = width;
        long rows = kind.gates * width;
        this.weights = new Recurrence.Weights(
                parameter("weight_ih", fresh(rows, in)),
                parameter("weight_hh", fresh(rows, width)),
                parameter("bias_ih", bias ? fresh(rows) : null),
                parameter("bias_hh", bias ? fresh(rows) : null),
                null);
    }

    private Tensor fresh(long... sizes) {
        return Init.uniformFan(Tensors.empty(sizes), width);
    }

    /** The next state h, from a state of zeros. */
    @Override
    protected final Tensor forward(Tensor input) {
        return step(input)[0];
    }

    /** The next states. */
    final Tensor[] step(Tensor input, @Nullable Tensor... first) {
        boolean single = input.rank() == 1;
        if (!single && input.rank() != 2 || input.size(-1) != in) {
            throw refused(input, in);
        }
        Tensor x = single ? input.unsqueeze(0) : input;
        Tensor[] start = new Tensor[kind.states];
        for (int i = 0; i < start.length; i++) {
            Tensor given = i < first.length ? first[i] : null;
            if (given != null && (given.rank() != input.rank() || given.size(-1) != width)) {
                throw refused(given, width);
            }
            start[i] = given == null ? Recurrence.zeros(x, x.size(0), width) : single ? given.unsqueeze(0) : given;
        }
        Tensor[] steps = kind.over(x.unsqueeze(0), weights, start, null, false);
        Tensor[] next = new Tensor[start.length];
        for (int i = 0; i < next.length; i++) {
            Tensor state = steps[i].squeeze(0);
            next[i] = single ? state.squeeze(0) : state;
        }
        return next;
    }

    private ShapeException refused(Tensor x, long wanted) {
        return new ShapeException(
                title(), "takes [N, " + wanted + "] or [" + wanted + "], not " + x.shape(), Fault.SHAPE_MISMATCH);
    }

    @Override
    protected final String describe() {
        return in + ", " + width + (weights.inputBias() == null ? ", bias=false" : "");
    }
}
