package io.flambeau.cli.bench;

import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.Supplier;

/** What an operation costs beside its kernel: sums of eight floats; {@code operations.py} has the same ones. */
final class Overhead {
    private static final int TIMES = 1000;

    static final List<Case> ALL = List.of(
            Case.small("a + b of 8 floats, in a scope", TIMES, () -> scoped(false)),
            Case.small("a + b of 8 floats, outside scopes", TIMES, () -> loose(false)),
            Case.small("a + b of 8 floats, tracked, in a scope", TIMES, () -> scoped(true)),
            Case.small("a + b of 8 floats, tracked, outside scopes", TIMES, () -> loose(true)),
            Case.small("x[0] of 8 x 8 floats, in a scope", TIMES, () -> {
                Tensor x = Tensors.ones(8, 8);
                return together(() -> x.select(0, 0));
            }),
            Training.XOR);

    private Overhead() {}

    private static Supplier<Tensor> sum(boolean tracked) {
        Tensor a = Tensors.ones(8).requiresGrad(tracked);
        Tensor b = Tensors.ones(8);
        return () -> a.add(b);
    }

    private static Workload scoped(boolean tracked) {
        return together(sum(tracked));
    }

    /** All times in one scope. */
    private static Workload together(Supplier<Tensor> work) {
        return times -> {
            try (Scope _ = Scope.open("step")) {
                for (int i = 0; i < times; i++) {
                    work.get();
                }
            }
        };
    }

    private static Workload loose(boolean tracked) {
        Supplier<Tensor> work = sum(tracked);
        return times -> {
            for (int i = 0; i < times; i++) {
                work.get();
            }
        };
    }
}
