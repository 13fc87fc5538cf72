package io.flambeau.cli.bench;

import io.flambeau.tensor.Scope;
import java.util.function.Supplier;

/** Work that can be repeated: a training step, or an operation. */
@FunctionalInterface
public interface Workload {
    /** Does it so many times. */
    void run(int times);

    /** Each time in a scope of its own. */
    static Workload scoped(Supplier<?> work) {
        return times -> {
            for (int i = 0; i < times; i++) {
                try (Scope _ = Scope.open("step")) {
                    work.get();
                }
            }
        };
    }
}
