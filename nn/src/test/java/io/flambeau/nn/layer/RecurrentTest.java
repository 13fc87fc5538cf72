package io.flambeau.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.nn.PackedSequence;
import io.flambeau.nn.functional.RecurrentOptions;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sequences of different lengths, states, and cells. */
class RecurrentTest {
    private static final RecurrentOptions DEEP =
            RecurrentOptions.options().layers(2).bidirectional(true);
    private static final long[] LENGTHS = {2, 5, 3};

    private static void assertClose(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.allclose(expected, 1e-4, 1e-5, false)).isTrue();
    }

    @Test
    void packedSequencesGiveWhatEachGivesAlone() {
        LSTM lstm = new LSTM(3, 4, DEEP.projection(2));
        Tensor x = Tensors.randn(5, 3, 3);
        Tensor h = Tensors.randn(4, 3, 2);
        Tensor c = Tensors.randn(4, 3, 4);
        RecurrentLayer.Packed out = lstm.callWithState(PackedSequence.pack(x, LENGTHS, false), h, c);
        Tensor padded = out.output().pad(false, 0);
        for (int i = 0; i < LENGTHS.length; i++) {
            Tensor[] alone =
                    lstm.callWithState(x.select(1, i).narrow(0, 0, LENGTHS[i]), h.select(1, i), c.select(1, i));
            assertClose(padded.select(1, i).narrow(0, 0, LENGTHS[i]), alone[0]);
            assertClose(out.states()[0].select(1, i), alone[1]);
            assertClose(out.states()[1].select(1, i), alone[2]);
        }
        assertThat(padded.select(1, 0).narrow(0, 2, 3).detach().abs().amax().item())
                .isZero();
    }

    @Test
    void packedGradientsLeaveThePaddingAlone() {
        GRU gru = new GRU(3, 4, DEEP);
        Tensor x = Tensors.randn(5, 3, 3).requiresGrad(true);
        gru.callWithState(PackedSequence.pack(x, LENGTHS, false), null)
                .output()
                .data()
                .square()
                .sum()
                .backward();
        Tensor gradient = x.grad();
        assertThat(gradient.select(1, 0).narrow(0, 2, 3).abs().amax().item()).isZero();
        assertThat(gradient.select(1, 0).narrow(0, 0, 2).abs().amin().item()).isPositive();
    }

    @Test
    void packsAsPyTorchDoes() {
        Tensor x = Tensors.arange(6).reshape(3, 2, 1).to(DType.F32);
        PackedSequence packed = PackedSequence.pack(x, new long[] {1, 3}, false);
        assertThat(packed.data().toFloatArray()).containsExactly(1, 0, 3, 5);
        assertThat(packed.batchSizes()).containsExactly(2, 1, 1);
        assertThat(packed.sortedIndices()).containsExactly(1, 0);
        assertThat(packed.pad(true, -1).toFloatArray()).containsExactly(0, -1, -1, 1, 3, 5);
        Tensor[] parts = {Tensors.ones(2, 1), Tensors.ones(3, 1)};
        assertThat(PackedSequence.padded(List.of(parts), true, 0).toFloatArray())
                .containsExactly(1, 1, 0, 1, 1, 1);
    }

    @Test
    void cellsAreSteps() {
        GRU gru = new GRU(3, 4);
        GRUCell cell = new GRUCell(3, 4);
        Tensors.noGrad(() -> gru.stateDict().forEach((key, value) -> {
            cell.stateDict().get(key.replace("_l0", "")).copy_(value);
        }));
        Tensor x = Tensors.randn(3, 2, 3);
        Tensor h = Tensors.zeros(2, 4);
        for (int t = 0; t < 3; t++) {
            h = cell.call(x.select(0, t), h);
        }
        assertClose(gru.callWithState(x, null)[1].squeeze(0), h);
    }

    @Test
    void dropsBetweenLayersInTrainingOnly() {
        RNN rnn =
                new RNN(3, 50, RecurrentOptions.options().layers(2).dropout(0.5).batchFirst(true));
        Tensor x = Tensors.randn(2, 4, 3);
        assertThat(rnn.call(x).equal(rnn.call(x))).isFalse();
        rnn.eval();
        assertThat(rnn.call(x).equal(rnn.call(x))).isTrue();
    }

    @Test
    void refusesWhatDoesNotFit() {
        LSTM lstm = new LSTM(3, 4);
        assertThatThrownBy(() -> lstm.call(Tensors.zeros(5, 2, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("width 3")
                .hasMessageContaining("[5, 2, 4]");
        assertThatThrownBy(() -> lstm.callWithState(Tensors.zeros(5, 2, 3), Tensors.zeros(1, 3, 4), null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[1, 2, 4]");
    }
}
