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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Square matrix products in single precision; 2 n^3 operations each. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseParallelGC"
        })
public class MatMulBenchmark {
    @Param({"64", "256", "512", "1024", "2048"})
    private int n;

    private Tensor x = Tensors.ones(1);
    private Tensor y = Tensors.ones(1);

    @Setup
    public void make() {
        x = Tensors.randn(n, n);
        y = Tensors.randn(n, n);
    }

    @Benchmark
    public void matmul(Blackhole hole) {
        try (Scope _ = Scope.open("step")) {
            hole.consume(x.matmul(y));
        }
    }
}
