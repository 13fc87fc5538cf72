package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.nn.functional.TransformerOptions;
import io.flambeau.nn.layer.GRUCell;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.nn.layer.LSTMCell;
import io.flambeau.nn.layer.MultiheadAttention;
import io.flambeau.nn.layer.Transformer;
import io.flambeau.nn.layer.TransformerEncoderLayer;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recurrence and attention: orders of gates and axes, and what a mask means; the numbers are PyTorch's. */
class SequenceConventionsTest {
    private static final Tensor QUERY = Tensors.of(new float[] {1, 0}, 1, 1, 2);
    private static final Tensor KEYS = Tensors.of(new float[] {1, 0, 0, 1}, 1, 2, 2);
    private static final Tensor VALUES = Tensors.of(new float[] {1, 2, 3, 4}, 1, 2, 2);
    private static final Tensor FIRST = Tensors.of(new boolean[] {true, false}, 1, 2);

    private static void set(Module module, String name, double... values) {
        Tensors.noGrad(() -> {
            Tensor parameter = module.namedParameters().get(name);
            parameter.copy_(Tensors.of(values).reshape(parameter.shape()));
        });
    }

    private static Tensor one(double value) {
        return Tensors.full(value, 1, 1);
    }

    @Test
    void theResetGateActsAfterTheHiddenProduct() {
        GRUCell cell = new GRUCell(1, 1);
        set(cell, "weight_ih", 0.1, 0.2, 0.3);
        set(cell, "weight_hh", 0.4, 0.5, 0.6);
        set(cell, "bias_ih", 0.01, 0.02, 0.03);
        set(cell, "bias_hh", 0.04, 0.05, 0.06);
        assertThat(cell.call(one(1), one(2)).item()).isCloseTo(1.7467705011367798, within(1e-6));
    }

    @Test
    void gatesAreInputForgetCellOutput() {
        LSTMCell cell = new LSTMCell(1, 1);
        set(cell, "weight_ih", 0.1, 0.2, 0.3, 0.7);
        set(cell, "weight_hh", 0.4, 0.5, 0.6, 0.8);
        set(cell, "bias_ih", 0.01, 0.02, 0.03, 0.04);
        set(cell, "bias_hh", 0.04, 0.05, 0.06, 0.07);
        Tensor[] state = cell.callWithState(one(1), one(2), one(3));
        assertThat(state[0].item()).isCloseTo(0.9131008386611938, within(1e-6));
        assertThat(state[1].item()).isCloseTo(3.0057621002197266, within(1e-6));
    }

    @Test
    void statesHaveTheBatchSecondAlsoWhereItComesFirst() {
        LSTM lstm = new LSTM(
                3, 4, RecurrentOptions.options().layers(2).batchFirst(true).bidirectional(true));
        Tensor[] out = lstm.callWithState(Tensors.ones(5, 7, 3), null, null);
        assertThat(out[0].shape().sizes()).containsExactly(5, 7, 8);
        assertThat(out[1].shape().sizes()).containsExactly(4, 5, 4);
        assertThat(out[2].shape().sizes()).containsExactly(4, 5, 4);
        assertThat(lstm.stateDict().keySet())
                .startsWith("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_ih_l0_reverse")
                .contains("weight_hh_l1", "bias_hh_l1_reverse")
                .hasSize(16);
    }

    @Test
    void aMaskKeepsInAttentionAndBlocksInItsLayers() {
        Tensor kept = F.scaledDotProductAttention(
                QUERY, KEYS, VALUES, AttentionOptions.options().mask(FIRST));
        assertThat(kept.toFloatArray()).containsExactly(1, 2);
        MultiheadAttention layer =
                new MultiheadAttention(2, 1, MultiheadAttention.options().batchFirst(true));
        Tensor weights = layer.callWithWeights(QUERY, KEYS, VALUES, null, FIRST, true)[1];
        assertThat(weights.detach().toFloatArray()).containsExactly(0, 1);
    }

    @Test
    void causalAttentionTakesNoOtherMask() {
        AttentionOptions both = AttentionOptions.options().mask(FIRST).causal(true);
        assertThatThrownBy(() -> F.scaledDotProductAttention(QUERY, KEYS, VALUES, both))
                .isInstanceOf(TensorException.class)
                .hasMessageStartingWith("scaledDotProductAttention:");
    }

    @Test
    void theFunctionOfAttentionDropsWheneverItIsTold() {
        Tensor ones = Tensors.ones(1, 1, 50, 2);
        Tensor weights = F.scaledDotProductAttention(
                ones,
                ones,
                Tensors.eye(50).expand(1, 1, 50, 50),
                AttentionOptions.options().dropout(0.5));
        assertThat(weights.eq(0).sum().itemLong()).isBetween(1000L, 1500L);
    }

    @Test
    void transformersNormaliseAfterwardsAndHaveTheBatchSecond() {
        TransformerOptions defaults = TransformerOptions.options();
        assertThat(defaults.normFirst()).isFalse();
        assertThat(defaults.batchFirst()).isFalse();
        assertThat(defaults.dropout()).isEqualTo(0.1);
        assertThat(defaults.feedForward()).isEqualTo(2048);
        assertThat(defaults.activation().apply(Tensors.of(new float[] {-1, 2})).toFloatArray())
                .containsExactly(0, 2);
        Map<String, Tensor> state = new TransformerEncoderLayer(8, 2).stateDict();
        assertThat(state.keySet())
                .containsExactly(
                        "self_attn.in_proj_weight",
                        "self_attn.in_proj_bias",
                        "self_attn.out_proj.weight",
                        "self_attn.out_proj.bias",
                        "linear1.weight",
                        "linear1.bias",
                        "linear2.weight",
                        "linear2.bias",
                        "norm1.weight",
                        "norm1.bias",
                        "norm2.weight",
                        "norm2.bias");
        Tensor out = new Transformer(8, 2, 1, 1, defaults).call(Tensors.ones(5, 2, 8), Tensors.ones(3, 2, 8));
        assertThat(out.shape().sizes()).containsExactly(3, 2, 8);
        assertThat(out.dtype()).isEqualTo(DType.F32);
    }
}
