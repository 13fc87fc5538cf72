package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.nn.layer.GRU;
import io.flambeau.nn.layer.GRUCell;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.nn.layer.LSTMCell;
import io.flambeau.nn.layer.RNN;
import io.flambeau.nn.layer.RNNCell;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurrent layers and cells. */
final class RecurrentModules {
    private static final String FORWARD = "forward(input, hx=None)";

    static final List<ModuleEntry> ENTRIES = List.of(
            module(
                    "RNN(input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True, batch_first=False,"
                            + " dropout=0.0, bidirectional=False)",
                    "new RNN(in, width, options, rectified)",
                    a -> new RNN(a.integer("input_size"), a.integer("hidden_size"), options(a), rectified(a)),
                    FORWARD,
                    (m, a) -> m.callWithState(a.tensor("input"), a.optionalTensor("hx"))),
            module(
                    "LSTM(input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,"
                            + " bidirectional=False, proj_size=0)",
                    "new LSTM(in, width, options)",
                    a -> new LSTM(
                            a.integer("input_size"),
                            a.integer("hidden_size"),
                            options(a).projection(a.integer("proj_size"))),
                    FORWARD,
                    (m, a) -> {
                        Tensor[] out = m.callWithState(a.tensor("input"), state(a, 0), state(a, 1));
                        return List.of(out[0], List.of(out[1], out[2]));
                    }),
            module(
                    "GRU(input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,"
                            + " bidirectional=False)",
                    "new GRU(in, width, options)",
                    a -> new GRU(a.integer("input_size"), a.integer("hidden_size"), options(a)),
                    FORWARD,
                    (m, a) -> m.callWithState(a.tensor("input"), a.optionalTensor("hx"))),
            module(
                    "RNNCell(input_size, hidden_size, bias=True, nonlinearity='tanh')",
                    "new RNNCell(in, width, bias, rectified)",
                    a -> new RNNCell(a.integer("input_size"), a.integer("hidden_size"), a.flag("bias"), rectified(a)),
                    FORWARD,
                    (m, a) -> m.call(a.tensor("input"), a.optionalTensor("hx"))),
            module(
                    "LSTMCell(input_size, hidden_size, bias=True)",
                    "new LSTMCell(in, width, bias)",
                    a -> new LSTMCell(a.integer("input_size"), a.integer("hidden_size"), a.flag("bias")),
                    FORWARD,
                    (m, a) -> m.callWithState(a.tensor("input"), state(a, 0), state(a, 1))),
            module(
                    "GRUCell(input_size, hidden_size, bias=True)",
                    "new GRUCell(in, width, bias)",
                    a -> new GRUCell(a.integer("input_size"), a.integer("hidden_size"), a.flag("bias")),
                    FORWARD,
                    (m, a) -> m.call(a.tensor("input"), a.optionalTensor("hx"))));

    private RecurrentModules() {}

    private static RecurrentOptions options(Arguments a) {
        return RecurrentOptions.options()
                .layers(a.axis("num_layers"))
                .bias(a.flag("bias"))
                .batchFirst(a.flag("batch_first"))
                .dropout(a.real("dropout"))
                .bidirectional(a.flag("bidirectional"));
    }

    private static boolean rectified(Arguments a) {
        return a.text("nonlinearity").equals("relu");
    }

    private static @Nullable Tensor state(Arguments a, int at) {
        return a.has("hx") ? a.tensors("hx")[at] : null;
    }
}
