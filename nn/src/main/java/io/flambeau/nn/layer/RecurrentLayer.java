package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.PackedSequence;
import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What RNN, LSTM and GRU share: layers and directions with PyTorch's parameters {@code weight_ih_l0},
 * {@code weight_hh_l0}, {@code bias_ih_l0}, {@code bias_hh_l0}, {@code weight_hr_l0}, then those of
 * {@code l0_reverse}, {@code l1} and so on. All start uniform in +-1 / sqrt(width).
 */
public abstract sealed class RecurrentLayer extends Module permits RNN, LSTM, GRU {
    private final Recurrence kind;
    private final RecurrentOptions options;
    private final long in;
    private final long width;
    private final int directions;
    private final List<Recurrence.Weights> weights = new ArrayList<>();

    RecurrentLayer(Recurrence kind, long in, long width, RecurrentOptions options) {
        long projection = options.projection();
        if (in < 1 || width < 1 || options.layers() < 1 || projection < 0 || projection >= width) {
            throw new ArgumentException(
                    title(),
                    "cannot be built of input width " + in + ", state width " + width + " and " + options,
                    Fault.BAD_ARGUMENT);
        }
        this.kind = kind;
        this.options = options;
        this.in = in;
        this.width = width;
        this.directions = options.bidirectional() ? 2 : 1;
        for (int layer = 0; layer < options.layers(); layer++) {
            for (int direction = 0; direction < directions; direction++) {
                String suffix = "_l" + layer + (direction == 1 ? "_reverse" : "");
                weights.add(weights(suffix, layer == 0 ? in : stateWidth() * directions));
            }
        }
    }

    private Recurrence.Weights weights(String suffix, long wide) {
        long rows = kind.gates * width;
        boolean bias = options.bias();
        boolean projected = options.projection() > 0;
        return new Recurrence.Weights(
                parameter("weight_ih" + suffix, fresh(rows, wide)),
                parameter("weight_hh" + suffix, fresh(rows, stateWidth())),
                parameter("bias_ih" + suffix, bias ? fresh(rows) : null),
                parameter("bias_hh" + suffix, bias ? fresh(rows) : null),
                parameter("weight_hr" + suffix, projected ? fresh(stateWidth(), width) : null));
    }

    private Tensor fresh(long... sizes) {
        return Init.uniformFan(Tensors.empty(sizes), width);
    }

    /** The width of the state h, which is the output of one direction. */
    private long stateWidth() {
        return options.projection() > 0 ? options.projection() : width;
    }

    /** The output alone, from states of zeros. */
    @Override
    protected final Tensor forward(Tensor input) {
        return run(input)[0];
    }

    /**
     * The output [T, N, directions width], or [N, T, ...] if {@code batchFirst}, and the last states [layers directions,
     * N, *], of an input [T, N, in] or of one sample [T, in].
     */
    final Tensor[] run(Tensor input, @Nullable Tensor... first) {
        boolean single = input.rank() == 2;
        if (!single && input.rank() != 3 || input.size(-1) != in) {
            throw new ShapeException(
                    title(),
                    "takes sequences of width " + in + ", the input is " + input.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        boolean batchFirst = options.batchFirst() && !single;
        Tensor x = single ? input.unsqueeze(1) : batchFirst ? input.transpose(0, 1) : input;
        Tensor[] out = sweeps(x, states(x, single, first), null);
        if (batchFirst) {
            out[0] = out[0].transpose(0, 1);
        }
        if (single) {
            for (int i = 0; i < out.length; i++) {
                out[i] = out[i].squeeze(1);
            }
        }
        return out;
    }

    /** As above, for sequences of different lengths; hooks see the packed elements. */
    final Packed callPacked(PackedSequence input, @Nullable Tensor... first) {
        Tensor[] out = scopedAll(input.data(), data -> {
            PackedSequence packed = input.with(data);
            Tensor x = packed.pad(false, 0);
            Tensor[] results = sweeps(x, states(x, false, first), packed.mask());
            results[0] = packed.like(results[0]).data();
            return results;
        });
        return new Packed(input.with(out[0]), Arrays.copyOfRange(out, 1, out.length));
    }

    /**
     * The result for sequences of different lengths.
     *
     * @param output as the input was packed
     * @param states the states after the last real step of each sample, as for padded sequences
     */
    public record Packed(PackedSequence output, Tensor[] states) {}

    private Tensor[] states(Tensor x, boolean single, @Nullable Tensor... first) {
        Tensor[] states = new Tensor[kind.states];
        for (int i = 0; i < states.length; i++) {
            Shape shape = Shape.of((long) options.layers() * directions, x.size(1), i == 0 ? stateWidth() : width);
            Tensor given = i < first.length ? first[i] : null;
            if (given == null) {
                states[i] = Recurrence.zeros(x, shape.sizes());
                continue;
            }
            states[i] = single ? given.unsqueeze(1) : given;
            if (!states[i].shape().equals(shape)) {
                throw new ShapeException(
                        title(),
                        "a first state of shape " + given.shape() + " does not fit; it must be "
                                + (single ? Shape.of(shape.size(0), shape.size(2)) : shape),
                        Fault.SHAPE_MISMATCH);
            }
        }
        return states;
    }

    /** The output [T, N, *] and the last states. */
    private Tensor[] sweeps(Tensor input, Tensor[] first, @Nullable Tensor mask) {
        long last = input.size(0) - 1;
        Tensor[][] finals = new Tensor[kind.states][weights.size()];
        Tensor x = input;
        for (int layer = 0; layer < options.layers(); layer++) {
            Tensor[] outs = new Tensor[directions];
            for (int direction = 0; direction < directions; direction++) {
                int at = layer * directions + direction;
                Tensor[] start = new Tensor[kind.states];
                for (int i = 0; i < start.length; i++) {
                    start[i] = first[i].select(0, at);
                }
                Tensor[] states = kind.over(x, weights.get(at), start, mask, direction == 1);
                for (int i = 0; i < start.length; i++) {
                    finals[i][at] = states[i].select(0, direction == 1 ? 0 : last);
                }
                outs[direction] = states[0];
            }
            x = directions == 1 ? outs[0] : Tensors.cat(2, outs);
            if (mask != null) {
                x = x.where(mask.unsqueeze(2), x.zerosLike());
            }
            if (options.dropout() > 0 && layer < options.layers() - 1) {
                x = F.dropout(x, options.dropout(), isTraining());
            }
        }
        Tensor[] out = new Tensor[1 + kind.states];
        out[0] = x;
        for (int i = 0; i < kind.states; i++) {
            out[i + 1] = Tensors.stack(0, finals[i]);
        }
        return out;
    }

    @Override
    protected final String describe() {
        return in + ", " + width + ", layers=" + options.layers()
                + (options.bias() ? "" : ", bias=false")
                + (options.batchFirst() ? ", batchFirst=true" : "")
                + (options.dropout() == 0 ? "" : ", dropout=" + options.dropout())
                + (options.bidirectional() ? ", bidirectional=true" : "")
                + (options.projection() == 0 ? "" : ", projection=" + options.projection());
    }
}
