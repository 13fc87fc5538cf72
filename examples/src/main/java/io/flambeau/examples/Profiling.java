package io.flambeau.examples;

import io.flambeau.io.ChromeTrace;
import io.flambeau.nn.F;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.optim.Adam;
import io.flambeau.optim.Optimizer;
import io.flambeau.tensor.Profile;
import io.flambeau.tensor.Profiler;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.nio.file.Path;

/** Where the time of a training step goes; with a file's name, as a trace for ui.perfetto.dev too. */
public final class Profiling {
    private static final int STEPS = 20;

    private Profiling() {}

    public static void main(String[] args) {
        Sequential model = new Sequential(new Linear(64, 256), new ReLU(), new Linear(256, 10));
        Optimizer optimizer = new Adam(model.parameters(), Adam.options());
        Tensor x = Tensors.randn(32, 64);
        Tensor y = Tensors.randint(0, 10, 32);
        Runnable steps = () -> {
            for (int i = 0; i < STEPS; i++) {
                try (Scope _ = Scope.open("step")) {
                    optimizer.zeroGrad();
                    F.crossEntropy(model.call(x), y).backward();
                    optimizer.step();
                }
            }
        };
        // The first steps are slower: Java compiles what they run.
        steps.run();
        Profile profile = Profiler.of(steps);
        System.out.print(profile.table());
        if (args.length > 0) {
            ChromeTrace.write(profile, Path.of(args[0]));
        }
    }
}
