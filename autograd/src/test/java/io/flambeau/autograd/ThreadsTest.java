package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Graphs of several threads. */
class ThreadsTest {
    private static <T> List<T> inThreads(int threads, Callable<T> work) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> f : all) {
                results.add(f.get());
            }
            return results;
        }
    }

    @Test
    void graphsOfTheirOwn() throws Exception {
        List<Double> slopes = inThreads(4, () -> {
            Tensor x = leaf(0.5);
            double sum = 0;
            for (int i = 0; i < 200; i++) {
                try (Scope _ = Scope.open("step")) {
                    x.tanh().mul(x).exp().sum().backward();
                }
                sum += x.grad().item();
                x.zeroGrad();
            }
            return sum;
        });
        assertThat(slopes).hasSize(4).containsOnly(slopes.getFirst());
    }

    @Test
    void concurrentPassesIntoOneParameterAddUp() throws Exception {
        Tensor w = leaf(new double[64]);
        inThreads(4, () -> {
            for (int i = 0; i < 250; i++) {
                try (Scope _ = Scope.open("step")) {
                    w.mul(2).sum().backward();
                }
            }
            return null;
        });
        assertThat(w.grad().toDoubleArray()).containsOnly(2000);
    }

    @Test
    void concurrentPassesThroughSharedNodes() throws Exception {
        Tensor w = leaf(3, 4);
        Tensor shared = w.mul(w).exp().mul(0).add(w.square());
        inThreads(4, () -> {
            for (int i = 0; i < 100; i++) {
                Grad.grad(new Tensor[] {shared.mul(5).sum()}, null, new Tensor[] {w}, true, false, false);
                shared.sum().backward(null, true, false);
            }
            return null;
        });
        assertThat(w.grad().toDoubleArray()).containsExactly(400 * 6, 400 * 8);
    }
}
