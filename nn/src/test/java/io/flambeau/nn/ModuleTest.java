package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.nn.functional.TransformerMasks;
import io.flambeau.nn.functional.TransformerOptions;
import io.flambeau.nn.layer.BatchNorm1d;
import io.flambeau.nn.layer.Bilinear;
import io.flambeau.nn.layer.ConvTranspose1d;
import io.flambeau.nn.layer.Dropout;
import io.flambeau.nn.layer.GRU;
import io.flambeau.nn.layer.GRUCell;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.nn.layer.LSTMCell;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MaxPool1d;
import io.flambeau.nn.layer.MultiheadAttention;
import io.flambeau.nn.layer.RNN;
import io.flambeau.nn.layer.Transformer;
import io.flambeau.nn.loss.GaussianNLLLoss;
import io.flambeau.nn.loss.MSELoss;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.ReleasedException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** State dicts, hooks, modes and walks. */
class ModuleTest {
    private static final class Net extends Module {
        private final Linear first = child("first", new Linear(3, 4));
        private final BatchNorm1d norm = child("norm", new BatchNorm1d(4));
        private final Dropout dropout = child("dropout", new Dropout(0.5));
        private final Linear last = child("last", new Linear(4, 2, false));

        @Override
        protected Tensor forward(Tensor x) {
            return last.call(dropout.call(norm.call(first.call(x)).relu()));
        }
    }

    /** Both maps are the same module: used twice, registered twice. */
    private static final class Tied extends Module {
        private final Linear one = child("one", new Linear(2, 2));
        private final Linear two = child("two", one);

        @Override
        protected Tensor forward(Tensor x) {
            return two.call(one.call(x));
        }
    }

    @Test
    void theStateDictHasPyTorchsKeysInItsOrder() {
        assertThat(new Net().stateDict().keySet())
                .containsExactly(
                        "first.weight",
                        "first.bias",
                        "norm.weight",
                        "norm.bias",
                        "norm.running_mean",
                        "norm.running_var",
                        "norm.num_batches_tracked",
                        "last.weight");
    }

    @Test
    void loadingCopiesParametersAndBuffers() {
        Net from = new Net();
        from.call(Tensors.randn(5, 3));
        Net to = new Net();
        assertThat(to.loadStateDict(from.stateDict()).missing()).isEmpty();
        Tensor x = Tensors.randn(4, 3);
        from.eval();
        to.eval();
        assertThat(to.call(x).equal(from.call(x))).isTrue();
        assertThat(to.stateDict().get("norm.num_batches_tracked").itemLong()).isEqualTo(1);
    }

    @Test
    void strictLoadingRefusesWithAllDifferencesAndChangesNothing() {
        Net net = new Net();
        Map<String, Tensor> state = new LinkedHashMap<>(new Net().stateDict());
        state.remove("first.bias");
        state.put("extra", Tensors.zeros(1));
        Tensor before = net.stateDict().get("first.weight").clone();
        assertThatThrownBy(() -> net.loadStateDict(state))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("first.bias")
                .hasMessageContaining("extra");
        assertThat(net.stateDict().get("first.weight").equal(before)).isTrue();
        assertThat(net.loadStateDict(state, false).missing()).containsExactly("first.bias");
        state.put("last.weight", Tensors.zeros(2, 5));
        assertThatThrownBy(() -> net.loadStateDict(state, false))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("last.weight")
                .hasMessageContaining("[2, 5]");
    }

    private static <M extends Module> void hooked(M module, Tensor input, Function<M, Tensor> call) {
        Tensor plain = call.apply(module);
        List<Tensor> seen = new ArrayList<>();
        Runnable before = module.registerForwardPreHook((m, x) -> {
            seen.add(x);
            return null;
        });
        Runnable after = module.registerForwardHook((m, y) -> y.neg());
        assertThat(call.apply(module).equal(plain.neg())).as(module.title()).isTrue();
        assertThat(seen)
                .singleElement()
                .satisfies(x -> assertThat(x.equal(input)).isTrue());
        before.run();
        after.run();
        assertThat(call.apply(module).equal(plain)).isTrue();
    }

    @Test
    void hooksSeeTheFirstInputAndTheFirstResultOfOtherCalls() {
        Tensor x = Tensors.randn(4, 2, 6);
        Tensor y = Tensors.randn(5, 2, 6);
        Tensor state = Tensors.randn(2, 6);
        PackedSequence packed = PackedSequence.pack(x, new long[] {2, 4}, false);
        hooked(new LSTM(6, 3), x, m -> m.callWithState(x, null, null)[0]);
        hooked(new GRU(6, 3), x, m -> m.callWithState(x, null)[0]);
        hooked(
                new RNN(6, 3),
                packed.data(),
                m -> m.callWithState(packed, null).output().data());
        hooked(new LSTMCell(6, 6), state, m -> m.callWithState(state, null, null)[0]);
        hooked(new GRUCell(6, 6), state, m -> m.call(state, state));
        hooked(new MultiheadAttention(6, 2), x, m -> m.call(x, y, y));
        hooked(new MultiheadAttention(6, 2), x, m -> m.callWithWeights(x, y, y, null, null, true)[0]);
        hooked(
                new Transformer(6, 2, 1, 1, TransformerOptions.options().dropout(0)),
                x,
                m -> m.call(x, y, TransformerMasks.none()));
        hooked(new MaxPool1d(2), x, m -> m.callWithIndices(x)[0]);
        hooked(new ConvTranspose1d(2, 3, 2), x, m -> m.call(x, 7));
        hooked(new Bilinear(6, 6, 2), state, m -> m.call(state, state));
        hooked(new MSELoss(), x, m -> m.call(x, x.add(1)));
        hooked(new GaussianNLLLoss(), x, m -> m.call(x, x.add(1), x.square().add(1)));
    }

    @Test
    void hooksSeeAndReplace() {
        Linear layer = new Linear(2, 2);
        Tensor x = Tensors.ones(1, 2);
        Tensor plain = layer.call(x);
        Runnable before = layer.registerForwardPreHook((module, input) -> input.mul(0));
        assertThat(layer.call(x).equal(layer.bias().unsqueeze(0))).isTrue();
        before.run();
        List<Tensor> seen = new ArrayList<>();
        Runnable after = layer.registerForwardHook((module, output) -> {
            seen.add(output);
            return null;
        });
        assertThat(layer.call(x).equal(plain)).isTrue();
        after.run();
        layer.call(x);
        assertThat(seen).hasSize(1);
    }

    @Test
    void modesReachEveryModule() {
        Net net = new Net();
        net.eval();
        assertThat(net.namedModules().values()).noneMatch(Module::isTraining);
        Tensor x = Tensors.randn(6, 3);
        assertThat(net.call(x).equal(net.call(x))).isTrue();
        net.train();
        assertThat(net.namedModules().values()).allMatch(Module::isTraining);
    }

    @Test
    void dtypesChangeInPlace() {
        Net net = new Net();
        Tensor weight = net.first.weight();
        net.to(DType.F64);
        assertThat(weight.dtype()).isEqualTo(DType.F64);
        assertThat(net.stateDict().get("norm.num_batches_tracked").dtype()).isEqualTo(DType.I64);
        assertThat(net.call(Tensors.randn(4, 3).to(DType.F64)).dtype()).isEqualTo(DType.F64);
    }

    @Test
    void appliesToChildrenFirst() {
        List<String> order = new ArrayList<>();
        new Sequential(new Linear(1, 1), new Sequential(new Dropout(0.1))).apply(module -> order.add(module.title()));
        assertThat(order).containsExactly("Linear", "Dropout", "Sequential", "Sequential");
    }

    @Test
    void tiedParametersAppearOnceAndCollectBothGradients() {
        Tied tied = new Tied();
        assertThat(tied.namedParameters().keySet()).containsExactly("one.weight", "one.bias");
        assertThat(tied.stateDict().keySet()).containsExactly("one.weight", "one.bias", "two.weight", "two.bias");
        Tensor x = Tensors.randn(3, 2);
        tied.call(x).sum().backward();
        Tensor both = tied.one.weight().grad().clone();
        tied.zeroGrad();
        Tensor middle = tied.one.call(x);
        tied.one.call(middle.detach()).sum().backward();
        Tensor second = tied.one.weight().grad().clone();
        assertThat(both.allclose(second)).isFalse();
        Tensor w = tied.one.weight().detach();
        Tensor first = w.sum(0).unsqueeze(1).matmul(x.sum(0).unsqueeze(0));
        assertThat(both.allclose(first.add(second), 1e-4, 1e-5, false)).isTrue();
    }

    @Test
    void zeroGradReturnsTheGradientsMemory() {
        Linear layer = new Linear(2, 3);
        layer.call(Tensors.ones(4, 2)).sum().backward();
        Tensor gradient = layer.weight().grad();
        layer.zeroGrad();
        assertThat(layer.weight().grad()).isNull();
        assertThatThrownBy(gradient::toDoubleArray)
                .isInstanceOf(ReleasedException.class)
                .hasMessageContaining("zeroGrad");
    }
}
