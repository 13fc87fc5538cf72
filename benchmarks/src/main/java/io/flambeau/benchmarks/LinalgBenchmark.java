package io.flambeau.benchmarks;

import io.flambeau.tensor.Fft;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/** Factorisations of single-precision matrices: 64 of order 64, or one of a larger order; and Fourier transforms. */
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
public class LinalgBenchmark {
    /** Matrices of one order, positive definite ones among them. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Matrices {
        @Param({"64", "400", "1024"})
        private int n;

        private Tensor x = Tensors.ones(1);
        private Tensor positive = Tensors.ones(1);
        private Tensor sides = Tensors.ones(1);

        @Setup
        public void make() {
            int batch = n == 64 ? 64 : 1;
            x = Tensors.randn(batch, n, n);
            positive = x.matmul(x.mT()).add(Tensors.eye(n).mul(n));
            sides = Tensors.randn(batch, n, 16);
        }
    }

    /** Signals in rows, and images. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public static class Signals {
        private Tensor rows = Tensors.ones(1);
        private Tensor images = Tensors.ones(1);

        @Setup
        public void make() {
            rows = Tensors.complex(Tensors.randn(1024, 4096), Tensors.randn(1024, 4096));
            images = Tensors.complex(Tensors.randn(8, 512, 512), Tensors.randn(8, 512, 512));
        }
    }

    /** One call, whose results go back at once. */
    private static void measure(Blackhole hole, Supplier<?> call) {
        try (Scope _ = Scope.open("step")) {
            hole.consume(call.get());
        }
    }

    @Benchmark
    public void cholesky(Matrices m, Blackhole hole) {
        measure(hole, () -> Linalg.cholesky(m.positive));
    }

    @Benchmark
    public void lu(Matrices m, Blackhole hole) {
        measure(hole, () -> Linalg.luFactor(m.x, true));
    }

    @Benchmark
    public void solve(Matrices m, Blackhole hole) {
        measure(hole, () -> Linalg.solve(m.x, m.sides));
    }

    @Benchmark
    public void qr(Matrices m, Blackhole hole) {
        measure(hole, () -> Linalg.qr(m.x));
    }

    @Benchmark
    public void svd(Matrices m, Blackhole hole) {
        measure(hole, () -> Linalg.svd(m.x, false));
    }

    @Benchmark
    public void eigh(Matrices m, Blackhole hole) {
        measure(hole, () -> Linalg.eigh(m.positive));
    }

    @Benchmark
    public void fft(Signals s, Blackhole hole) {
        measure(hole, () -> Fft.fft(s.rows));
    }

    @Benchmark
    public void fft2(Signals s, Blackhole hole) {
        measure(hole, () -> Fft.fft2(s.images, null, new int[] {-2, -1}, null));
    }
}
