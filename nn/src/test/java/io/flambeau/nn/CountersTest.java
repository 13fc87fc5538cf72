package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.autograd.Grad;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.tck.Trace;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step that draws from a counter is not frozen by a trace: each counter has its numbers, forward and backward. */
class CountersTest {
    private static final Tensor X = Tensors.rand(new Generator(3), 4, 16, 16);

    private enum Step {
        DROPOUT(x -> F.dropout(x, 0.5, true)),
        CHANNELS(x -> F.dropout2d(x.unsqueeze(-1), 0.5, true)),
        NOISE(x -> x.mul(x.randnLike())),
        ATTENTION(x ->
                F.scaledDotProductAttention(x, x, x, AttentionOptions.options().dropout(0.5)));

        private final UnaryOperator<Tensor> body;

        Step(UnaryOperator<Tensor> body) {
            this.body = body;
        }

        /** The result and the gradient of its sum. */
        Tensor[] run(Tensor[] in) {
            Tensor leaf = in[0].detach().requiresGrad(true);
            return Tensors.withGenerator(new Generator(7, in[1]), () -> {
                Tensor y = body.apply(leaf);
                return new Tensor[] {y.detach(), Grad.grad(y.sum(), leaf)[0]};
            });
        }
    }

    private static Tensor counter(long value) {
        return Tensors.scalar(Scalar.of(value));
    }

    private static float[][] values(Tensor[] out) {
        return new float[][] {out[0].toFloatArray(), out[1].toFloatArray()};
    }

    @ParameterizedTest
    @EnumSource
    void aReplayDrawsByTheCounterItIsGiven(Step step) {
        float[][] first = values(step.run(new Tensor[] {X, counter(0)}));
        float[][] later = values(step.run(new Tensor[] {X, counter(5000)}));
        assertThat(first[0]).isNotEqualTo(later[0]);
        assertThat(first[1]).isNotEqualTo(later[1]);
        for (boolean decomposing : new boolean[] {false, true}) {
            Trace trace = Trace.of(step::run, decomposing, X.spec(), counter(0).spec());
            for (int time = 0; time < 2; time++) {
                assertThat(values(trace.replay(X, counter(0)))).isDeepEqualTo(first);
                assertThat(values(trace.replay(X, counter(5000)))).isDeepEqualTo(later);
            }
        }
    }

    @Test
    void aCounterOfZeroDrawsWhatThePlainStreamDraws() {
        Tensor plain = Tensors.withGenerator(new Generator(7), () -> F.dropout(X, 0.5, true));
        Tensor counted = Tensors.withGenerator(new Generator(7, counter(0)), () -> F.dropout(X, 0.5, true));
        assertThat(counted.toFloatArray()).isEqualTo(plain.toFloatArray());
        Generator moved = new Generator(7);
        moved.state(new Generator.State(7, 12));
        assertThat(Tensors.withGenerator(new Generator(7, counter(12)), () -> F.dropout(X, 0.5, true))
                        .toFloatArray())
                .isEqualTo(Tensors.withGenerator(moved, () -> F.dropout(X, 0.5, true))
                        .toFloatArray());
    }

    @Test
    void aCounterIsOneInt64() {
        assertThatThrownBy(() -> new Generator(7, Tensors.zeros(DType.F32, 1)))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("a counter is one int64, not float32[1]");
    }
}
