package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Dropout;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.LSTM;
import io.flambeau.nn.layer.LazyLinear;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A served module: equal bits in every thread, flat memory, and nothing that changes it. */
class PredictorTest {
    private static Sequential net() {
        return new Sequential(
                Parametrisations.spectralNorm(new Conv2d(1, 4, 3), "weight"),
                new BatchNorm2d(4),
                new ReLU(),
                new Dropout(0.5),
                new Flatten(),
                Parametrisations.weightNorm(new Linear(4 * 6 * 6, 10), "weight"));
    }

    private static float[] answer(Predictor<?> predictor, Tensor question) {
        try (Scope _ = Scope.open("request")) {
            return predictor.call(question).toFloatArray();
        }
    }

    @Test
    void everyThreadGetsTheBitsOfOneAlone() throws Exception {
        Predictor<Sequential> predictor = Predictor.of(net());
        Tensor[] questions = new Tensor[8];
        List<float[]> alone = new ArrayList<>();
        for (int i = 0; i < questions.length; i++) {
            questions[i] = Tensors.randn(1 + i, 1, 8, 8);
            alone.add(answer(predictor, questions[i]));
        }
        long before = Memory.usage(questions[0].device()).live();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                running.add(threads.submit(() -> {
                    for (int round = 0; round < 40; round++) {
                        int i = ThreadLocalRandom.current().nextInt(questions.length);
                        assertThat(answer(predictor, questions[i])).containsExactly(alone.get(i));
                    }
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        }
        assertThat(Memory.usage(questions[0].device()).live()).isLessThanOrEqualTo(before);
    }

    @Test
    void theResultIsTheCallers() {
        Predictor<Linear> predictor = Predictor.of(new Linear(2, 2));
        Tensor kept;
        Tensor released;
        try (Scope scope = Scope.open("request")) {
            kept = scope.keep(predictor.call(Tensors.ones(1, 2)));
            released = predictor.call(Tensors.ones(1, 2));
        }
        assertThat(kept.isLive()).isTrue();
        assertThat(released.isLive()).isFalse();
        assertThat(predictor.call(Tensors.ones(1, 2).requiresGrad(true)).requiresGrad())
                .isFalse();
    }

    @Test
    void trainingGoesOnBesideACopy() {
        Linear trained = new Linear(2, 1);
        Predictor<Linear> copy = Predictor.of(() -> new Linear(2, 1), trained.stateDict());
        Tensor x = Tensors.ones(1, 2);
        float before = copy.call(x).toFloatArray()[0];
        Tensors.noGrad(() -> trained.weight().add_(1));
        assertThat(copy.call(x).toFloatArray()).containsExactly(before);
        assertThat(trained.isTraining()).isTrue();
        assertThatThrownBy(() -> Predictor.of(() -> new Linear(3, 1), trained.stateDict()))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("weight");
    }

    @Test
    void whatIsServedCannotBeChanged() {
        Sequential net = new Sequential(new Linear(2, 2), new Dropout(0.5));
        Map<String, Tensor> state = net.stateDict();
        Predictor<Sequential> predictor = Predictor.of(net);
        Module layer = net.namedChildren().get("0");
        List<Runnable> changes = List.of(
                net::train,
                layer::train,
                () -> net.loadStateDict(state),
                () -> layer.to(DType.F64),
                () -> net.requiresGrad(true),
                () -> layer.registerForwardHook((m, y) -> y),
                () -> Parametrisations.weightNorm(layer, "weight"),
                () -> Predictor.of(net));
        for (Runnable change : changes) {
            assertThatThrownBy(change::run)
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("Predictor")
                    .hasMessageContaining("FB-603");
        }
        assertThat(net.eval().parameters()).noneMatch(Tensor::requiresGrad);
        assertThat(predictor).hasToString("Predictor(" + net + ")");
        assertThatThrownBy(() -> Predictor.of(new Sequential(new LazyLinear(3))))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("no parameters yet");
    }

    @Test
    void otherCallsAreServedToo() {
        Predictor<LSTM> predictor = Predictor.of(new LSTM(3, 4));
        Tensor x = Tensors.randn(5, 2, 3);
        Tensor[] out = predictor.run(lstm -> lstm.callWithState(x, null, null));
        assertThat(out[0].toFloatArray()).containsExactly(predictor.call(x).toFloatArray());
        assertThat(out[2].requiresGrad()).isFalse();
    }
}
