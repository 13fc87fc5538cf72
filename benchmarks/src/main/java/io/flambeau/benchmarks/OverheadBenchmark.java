package io.flambeau.benchmarks;

import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What an operation costs beside its kernel: sums of two vectors of eight floats. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseParallelGC"
        })
public class OverheadBenchmark {
    private static final int OPERATIONS = 100;

    private final Tensor x = Tensors.ones(8);
    private final Tensor y = Tensors.ones(8);
    private final Tensor tracked = Tensors.ones(8).requiresGrad(true);

    /** Inside a scope, as in a training step. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void addInScope(Blackhole hole) {
        try (Scope _ = Scope.open("step")) {
            for (int i = 0; i < OPERATIONS; i++) {
                hole.consume(x.add(y));
            }
        }
    }

    /** Outside of scopes, where the collector returns the memory. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void addOutsideScopes(Blackhole hole) {
        for (int i = 0; i < OPERATIONS; i++) {
            hole.consume(x.add(y));
        }
    }

    /** Recorded for gradients, inside a scope. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void addTracked(Blackhole hole) {
        try (Scope _ = Scope.open("step")) {
            for (int i = 0; i < OPERATIONS; i++) {
                hole.consume(tracked.add(y));
            }
        }
    }
}
