package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Dropout;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.optim.Adam;
import io.flambeau.tck.LeakCheck;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads that train models of their own at once get the losses and weights that each gets alone, bit for bit. */
class TrainingAtOnceTest {
    private static final int STEPS = 30;

    private record Result(List<Double> losses, float[] weights) {}

    private static Result train(long seed) {
        return Tensors.withGenerator(new Generator(seed), () -> {
            Module model = new Sequential(
                    new Conv2d(1, 4, 3),
                    new BatchNorm2d(4),
                    new ReLU(),
                    new Flatten(),
                    new Dropout(0.2),
                    new Linear(4 * 36, 10));
            Adam optimizer = new Adam(model.parameters(), Adam.options().lr(1e-2));
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                try (Scope _ = Scope.open("step")) {
                    Tensor x = Tensors.randn(16, 1, 8, 8);
                    Tensor target =
                            x.sum(1, 2, 3).abs().remainder(Scalar.of(10L)).to(DType.I64);
                    Tensor loss = F.crossEntropy(model.call(x), target);
                    optimizer.zeroGrad();
                    loss.backward();
                    optimizer.step();
                    losses.add(loss.item());
                }
            }
            return new Result(losses, model.parameters().getFirst().detach().toFloatArray());
        });
    }

    @Test
    void eachAsAlone() throws Exception {
        try (LeakCheck _ = LeakCheck.of(Device.CPU)) {
            List<Result> alone = List.of(train(1), train(2), train(3));
            assertThat(alone.get(0).losses).hasSize(STEPS).isNotEqualTo(alone.get(1).losses);
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                for (int round = 0; round < 3; round++) {
                    List<Future<Result>> at = new ArrayList<>();
                    for (long seed = 1; seed <= 3; seed++) {
                        long own = seed;
                        at.add(threads.submit((Callable<Result>) () -> train(own)));
                    }
                    for (int i = 0; i < 3; i++) {
                        assertThat(at.get(i).get().losses).isEqualTo(alone.get(i).losses);
                        assertThat(at.get(i).get().weights).isEqualTo(alone.get(i).weights);
                    }
                }
            }
        }
    }
}
