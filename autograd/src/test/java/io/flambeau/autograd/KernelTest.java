package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.KernelProvider;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Derived operations without a gradient of their own, with and without a kernel. */
class KernelTest {
    private static int launches;

    /** Two outputs: x y² and x + y. */
    private record Pair(boolean hasKernel) implements Derived {
        @Override
        public Spec[] infer(Spec[] in) {
            return new Spec[] {in[0], in[0]};
        }

        @Override
        public Tensor[] decompose(Tensor[] in) {
            return new Tensor[] {in[0].mul(in[1].square()), in[0].add(in[1])};
        }
    }

    /** A kernel of the pair for the reference backend. */
    public static final class Provider implements KernelProvider {
        @Override
        public String backend() {
            return "reference";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public @Nullable Kernel kernel(Backend backend, Op op, Spec[] inputs) {
            return op instanceof Pair pair && pair.hasKernel ? (in, out) -> run(backend, in, out) : null;
        }

        private static void run(Backend backend, View[] in, View[] out) {
            launches++;
            double[] x = read(backend, in[0]);
            double[] y = read(backend, in[1]);
            double[] first = new double[x.length];
            double[] second = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                first[i] = x[i] * y[i] * y[i];
                second[i] = x[i] + y[i];
            }
            write(backend, first, out[0]);
            write(backend, second, out[1]);
        }

        private static double[] read(Backend backend, View view) {
            double[] values = new double[(int) view.shape().count()];
            Storage storage = view.storage();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment host = arena.allocate(8L * values.length);
                backend.download(storage, 8 * view.offset(), host);
                MemorySegment.copy(host, ValueLayout.JAVA_DOUBLE, 0, values, 0, values.length);
            }
            return values;
        }

        private static void write(Backend backend, double[] values, View view) {
            try (Arena arena = Arena.ofConfined()) {
                backend.upload(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values), view.storage(), 8 * view.offset());
            }
        }
    }

    private static Tensor[] call(boolean kernel, Tensor x, Tensor y) {
        return Tensor.bindAll(new Pair(kernel), x, y);
    }

    @Test
    void theKernelRunsInTrainingAndTheGradientIsTheDecompositions() {
        launches = 0;
        Tensor x = leaf(2, 3);
        Tensor y = leaf(5, 7);
        Tensor[] out = call(true, x, y);
        assertThat(launches).isEqualTo(1);
        assertThat(Graph.size(out)).isEqualTo(1);
        assertThat(out[0].toDoubleArray()).containsExactly(50, 147);
        out[0].sum().add(out[1].mul(10).sum()).backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(35, 59);
        assertThat(y.grad().toDoubleArray()).containsExactly(30, 52);
    }

    @Test
    void oneOutputAloneAndOneInputAlone() {
        Tensor x = leaf(2, 3);
        Tensor y = Tensors.of(new double[] {5, 7});
        call(true, x, y)[1].sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(1, 1);
        assertThat(y.grad()).isNull();
    }

    @Test
    void theSameInputTwice() {
        Tensor x = leaf(2, 3);
        call(true, x, x)[0].sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(12, 27);
    }

    @Test
    void withoutKernelTheDecompositionIsRecorded() {
        Tensor[] out = call(false, leaf(2, 3), leaf(5, 7));
        assertThat(Graph.size(out)).isEqualTo(3);
    }

    @Test
    void gradientsOfAnyOrderWithAndWithoutKernel() {
        GradCheck.DEFAULT.checkAllTwice(in -> call(true, in[0], in[1]), leaf(2, 3), leaf(5, 7));
        GradCheck.DEFAULT.checkAllTwice(in -> call(false, in[0], in[1]), leaf(2, 3), leaf(5, 7));
    }

    @Test
    void intoADestination() {
        Tensor x = leaf(2, 3);
        Tensor y = leaf(5, 7);
        Tensor a = Tensors.of(new double[] {0, 0});
        a.add_(call(true, x, y)[0]);
        a.sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(25, 49);
    }
}
