package io.flambeau.libtorch;

import io.flambeau.cli.bench.Library;
import io.flambeau.cli.bench.Serve;
import io.flambeau.cli.bench.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** libtorch as a process that {@code bench} asks for work; OMP_NUM_THREADS says how many threads it has. */
public final class Main implements Library {
    private static final long STACK = 64L << 20;

    private final Operations operations = new Operations();

    Main() {}

    public static void main(String[] args) throws InterruptedException {
        // OpenBLAS keeps panels of matrices on the stack, more than a thread of Java has by default.
        Thread thread = new Thread(null, Main::serve, "libtorch", STACK);
        thread.start();
        thread.join();
    }

    private static void serve() {
        torch.manual_seed(1);
        try {
            Serve.run(System.in, System.out, new Main());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the version of the artifact. */
    @Override
    public String title() {
        return "libtorch " + Tensor.class.getPackage().getImplementationVersion();
    }

    @Override
    public Optional<Supplier<Workload>> work(String name) {
        return Optional.ofNullable(Training.ALL.get(name)).or(() -> operations.find(name));
    }

    /** Each time in a scope that deletes its tensors. */
    static Workload scoped(Runnable work) {
        return times -> {
            for (int i = 0; i < times; i++) {
                try (PointerScope _ = new PointerScope()) {
                    work.run();
                }
            }
        };
    }
}
