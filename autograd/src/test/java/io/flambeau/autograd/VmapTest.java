package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.embedding.Embedding;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.Softmax;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batched functions give what a loop gives, values and gradients. */
class VmapTest {
    private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS = new LinkedHashMap<>();
    private static final Tensor WEIGHT = uniform(11, 4, 4);
    private static final Tensor BATCH = uniform(12, 3, 4, 4);

    static {
        FUNCTIONS.put("elementwise", x -> x.tanh().mul(x).add(1).div(x.exp()));
        FUNCTIONS.put("with shared operands", x -> x.mul(WEIGHT).add(WEIGHT.select(0, 1)));
        FUNCTIONS.put("where", x -> x.where(x.gt(0.5), x.neg()));
        FUNCTIONS.put("reductions", x -> x.sum(1).add(x.amax(0)).add(x.prod()).add(x.mean()));
        FUNCTIONS.put("scalar", x -> x.sum().square());
        FUNCTIONS.put("scan", x -> x.cumsum(1).mul(x.cumprod(0)));
        FUNCTIONS.put("matmul", x -> x.matmul(WEIGHT).matmul(x.t()));
        FUNCTIONS.put("vector", x -> WEIGHT.matmul(x.select(1, 2)));
        FUNCTIONS.put("reshape", x -> x.t().reshape(2, 8).mul(x.view(2, 8)));
        FUNCTIONS.put(
                "views", x -> x.narrow(1, 1, 2).unsqueeze(0).expand(3, 4, 2).permute(2, 0, 1));
        FUNCTIONS.put("diagonal", x -> x.diagonal().mul(x.unfold(0, 3, 1).sum(2).select(0, 1)));
        FUNCTIONS.put("split", x -> x.split(2, 0)[1].mul(x.unbind(0)[0]));
        FUNCTIONS.put("sort", x -> x.sort(0, true)[0].sub(x.sort(1, false)[0]));
        FUNCTIONS.put(
                "gather",
                x -> x.gather(1, x.sort(1, false)[1]).add(x.indexSelect(0, Tensors.of(new long[] {3, 0, 0, 1}))));
        FUNCTIONS.put("scatter", x -> Tensors.zeros(DType.F64, 4, 4).scatterAdd(0, x.sort(0, false)[1], x));
        FUNCTIONS.put("cat", x -> x.cat(0, WEIGHT).sum(0));
        FUNCTIONS.put("stack", x -> Tensors.stack(1, x.select(0, 0), x.select(1, 0)));
        FUNCTIONS.put("softmax", x -> Tensor.bind(new Softmax(1), x).mul(WEIGHT));
        FUNCTIONS.put("in place", x -> x.mul(1).add_(WEIGHT).mul_(x));
        FUNCTIONS.put("in place into a view", x -> {
            Tensor y = x.mul(2);
            y.select(0, 1).mul_(x.select(0, 0));
            return y;
        });
        FUNCTIONS.put("into new tensors", x -> {
            Tensor y = Tensors.zeros(DType.F64, 4);
            y.narrow(0, 1, 2).copy_(x.select(0, 0).narrow(0, 0, 2));
            return y;
        });
        FUNCTIONS.put("detach", x -> x.mul(x.detach()));
        FUNCTIONS.put("a constant", x -> Tensors.ones(DType.F64, 2).add(x.sum().mul(0)));
        FUNCTIONS.put(
                "an operation of the host", x -> Tensor.bind(Halves.HALVES, x).mul(x));
        FUNCTIONS.put(
                "the user's function",
                Function.of("f", x -> x.square(), (g, x) -> g.mul(x).mul(7))::apply);
        FUNCTIONS.put("linear", x -> Tensor.bind(new Linear(true, Epilogue.RELU), x, WEIGHT, WEIGHT.select(0, 0)));
        FUNCTIONS.put("norms", x -> {
            Tensor y = Tensor.bind(new LayerNorm(1, true, false, 1e-5), x, WEIGHT.select(1, 0));
            return Tensor.bind(new GroupNorm(2, false, false, 1e-5), y);
        });
        FUNCTIONS.put(
                "convolution",
                x -> Tensor.bind(
                        new Convolution(new Sliding(Axes.of(1), Axes.of(1), Axes.of(1), Axes.of(1)), 2, false),
                        x.unsqueeze(0),
                        WEIGHT.view(4, 2, 2)));
        FUNCTIONS.put(
                "embedding", x -> Tensor.bind(new Embedding(-1, false), x, Tensors.of(new long[] {0, 3, 0}, 1, 3)));
        FUNCTIONS.put(
                "cross entropy",
                x -> Tensor.bindAll(
                        new CrossEntropy(false, -100, 0.1, Reduction.MEAN), x, Tensors.of(new long[] {0, 3, 2, 1}))[0]);
        FUNCTIONS.put("inverse and determinant", x -> {
            Tensor y = x.add(Tensors.eye(4).to(DType.F64).mul(4));
            return Linalg.inv(y).mul(Linalg.det(y));
        });
        FUNCTIONS.put("a checkpoint", x -> Checkpoint.call(z -> z.exp().mul(z), x));
    }

    /** Half of each element, computed on the host. */
    private enum Halves implements HostOp {
        HALVES;

        @Override
        public Spec[] infer(Spec[] in) {
            return in;
        }

        @Override
        public HostArray[] run(HostArray[] in) {
            double[] out = in[0].reals().clone();
            for (int i = 0; i < out.length; i++) {
                out[i] /= 2;
            }
            return new HostArray[] {HostArray.of(in[0].dtype(), in[0].shape(), out)};
        }

        @Override
        public Pullback pullback(Tensor[] in, Tensor[] out) {
            return Pullback.of((g, s) -> g.mul(0.5));
        }
    }

    private static Tensor uniform(long seed, long... sizes) {
        return Tensors.rand(new Generator(seed), Tensors.zeros(DType.F64, sizes).spec());
    }

    private static UnaryOperator<Tensor> loop(UnaryOperator<Tensor> f) {
        return x -> Tensors.stack(0, Stream.of(x.unbind(0)).map(f).toArray(Tensor[]::new));
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-12));
    }

    static Stream<String> functions() {
        return FUNCTIONS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void valuesAreThoseOfALoop(String name) {
        UnaryOperator<Tensor> f = FUNCTIONS.get(name);
        assertClose(Vmap.of(f).apply(BATCH), loop(f).apply(BATCH));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void gradientsThroughABatchAreThoseOfALoop(String name) {
        UnaryOperator<Tensor> f = FUNCTIONS.get(name);
        Tensor expected = Grad.of(x -> loop(f).apply(x).square().sum()).apply(BATCH);
        assertClose(Grad.of(x -> Vmap.of(f).apply(x).square().sum()).apply(BATCH), expected);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aBatchOfGradientsIsALoopOfGradients(String name) {
        UnaryOperator<Tensor> slope =
                Grad.of(x -> FUNCTIONS.get(name).apply(x).square().sum());
        assertClose(Vmap.of(slope).apply(BATCH), loop(slope).apply(BATCH));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void batchesNest(String name) {
        UnaryOperator<Tensor> f = FUNCTIONS.get(name);
        Tensor x = uniform(13, 2, 3, 4, 4);
        assertClose(Vmap.of(Vmap.of(f)).apply(x), loop(loop(f)).apply(x));
    }

    @Test
    void otherAxes() {
        UnaryOperator<Tensor> f = x -> x.cumsum(0).t();
        Tensor x = uniform(14, 4, 3, 5);
        Tensor expected = loop(f).apply(x.movedim(1, 0)).movedim(0, 2);
        assertClose(Vmap.of(f, 1, 2).apply(x), expected);
        assertClose(Vmap.of(f, -2, -1).apply(x), expected);
    }

    @Test
    void severalArgumentsSomeShared() {
        Tensor[] out = Vmap.all(in -> new Tensor[] {in[0].matmul(in[1]), in[1].sum()}, 0, Vmap.SHARED)
                .apply(new Tensor[] {BATCH, WEIGHT});
        assertClose(out[0], BATCH.matmul(WEIGHT));
        assertClose(out[1], WEIGHT.sum().expand(3));
        assertFault(Fault.SHAPE_MISMATCH, () -> Vmap.all(in -> in).apply(new Tensor[] {BATCH, WEIGHT}))
                .hasMessageContaining("argument 1 has 4");
        assertFault(Fault.BAD_ARGUMENT, () -> Vmap.all(in -> in, 0, 0).apply(new Tensor[] {BATCH}));
        assertFault(Fault.BAD_ARGUMENT, () -> Vmap.all(in -> in, Vmap.SHARED).apply(new Tensor[] {BATCH}));
    }

    @Test
    void gradientsOfSharedParametersForEachElement() {
        UnaryOperator<Tensor> perSample =
                x -> Grad.of(w -> w.matmul(x).square().sum()).apply(WEIGHT);
        assertClose(Vmap.of(perSample).apply(BATCH), loop(perSample).apply(BATCH));
        UnaryOperator<Tensor> hessian = v -> Grad.hessian(z -> z.pow(3).sum(), v);
        Tensor rows = uniform(15, 3, 2);
        assertClose(Vmap.of(hessian).apply(rows), loop(hessian).apply(rows));
    }

    @Test
    void jacobiansByBatchesOfTangents() {
        Tensor x = uniform(16, 4);
        UnaryOperator<Tensor> f = z -> WEIGHT.matmul(z.exp());
        Tensor columns = Vmap.of(t -> Grad.jvp(f, x, t).derivative(), 0, 1)
                .apply(Tensors.eye(4).to(DType.F64));
        assertClose(columns, Grad.jacobian(f, x));
    }

    @Test
    void leavesOutsideGetTheirGradients() {
        Tensor w = leaf(1, 2, 3, 4);
        Vmap.of(x -> x.mul(w).sum()).apply(BATCH).sum().backward();
        assertClose(w.grad(), BATCH.sum(0, 1));
        assertThat(Vmap.of(x -> x.mul(w)).apply(BATCH).requiresGrad()).isTrue();
    }

    @Test
    void whatCannotBeBatchedSaysSo() {
        Tensor outside = Tensors.zeros(DType.F64, 4, 4);
        assertFault(Fault.BAD_ARGUMENT, () -> Vmap.of(x -> outside.add_(x)).apply(BATCH))
                .hasMessageContaining("outside of vmap");
        assertThat(outside.sum().item()).isZero();
        assertFault(Fault.NO_VALUE, () -> Vmap.of(x -> x.mul(x.sum().item())).apply(BATCH))
                .hasMessageContaining("batching");
        assertFault(
                        Fault.SHAPE_MISMATCH,
                        () -> Vmap.of(x -> x.matmul(Tensors.zeros(DType.F64, 3, 3)))
                                .apply(BATCH))
                .hasMessageContaining("[4, 4]");
    }

    @Test
    void theArgumentIsNotMadeALeaf() {
        Tensor x = uniform(17, 3);
        Vmap.of(z -> z.requiresGrad(true).mul(Scalar.of(2.0))).apply(x);
        assertThat(x.requiresGrad()).isFalse();
    }

    private static double[] drawn(Vmap.Randomness randomness) {
        Tensors.manualSeed(5);
        return Vmap.all(in -> new Tensor[] {in[0].add(Tensors.rand(2))}, new int[] {0}, new int[] {0}, randomness)
                .apply(new Tensor[] {Tensors.zeros(3, 2)})[0]
                .toDoubleArray();
    }

    @Test
    void elementsShareRandomNumbersOrNot() {
        double[] same = drawn(Vmap.Randomness.SAME);
        assertThat(same).startsWith(same[0], same[1], same[0], same[1], same[0], same[1]);
        assertThat(drawn(Vmap.Randomness.DIFFERENT))
                .doesNotHaveDuplicates()
                .isEqualTo(drawn(Vmap.Randomness.DIFFERENT));
        assertFault(Fault.BAD_ARGUMENT, () -> drawn(Vmap.Randomness.ERROR)).hasMessageContaining("at random");
    }

    private static double[] events(Vmap.Randomness randomness, int axis) {
        Tensors.manualSeed(5);
        Tensor rates = Tensors.full(1000.0, axis == 0 ? new long[] {3, 2} : new long[] {2});
        return Vmap.all(in -> new Tensor[] {in[0].poisson().add(in[1])}, new int[] {axis, 0}, new int[] {0}, randomness)
                .apply(new Tensor[] {rates, Tensors.zeros(3, 2)})[0]
                .toDoubleArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Vmap.SHARED})
    void elementsShareWhatTheHostDrawsOrNot(int axis) {
        double[] same = events(Vmap.Randomness.SAME, axis);
        assertThat(same).startsWith(same[0], same[1], same[0], same[1], same[0], same[1]);
        double[] different = events(Vmap.Randomness.DIFFERENT, axis);
        assertThat(different).isEqualTo(events(Vmap.Randomness.DIFFERENT, axis));
        assertThat(Arrays.copyOf(different, 2)).isNotEqualTo(Arrays.copyOfRange(different, 2, 4));
        assertThat(Arrays.copyOfRange(different, 2, 4)).isNotEqualTo(Arrays.copyOfRange(different, 4, 6));
        assertFault(Fault.BAD_ARGUMENT, () -> events(Vmap.Randomness.ERROR, axis))
                .hasMessageContaining("at random");
    }

    @Test
    void resultsLieAlongTheirAxes() {
        Tensor x = Tensors.arange(6).reshape(2, 3);
        Tensor shared = Tensors.ones(4);
        Tensor[] out = Vmap.all(
                        in -> new Tensor[] {in[0].mul(2), in[0].sum(), shared},
                        new int[] {1},
                        new int[] {1, 0, Vmap.SHARED},
                        Vmap.Randomness.SAME)
                .apply(new Tensor[] {x});
        assertThat(out[0].equal(x.mul(2))).isTrue();
        assertThat(out[1].toLongArray()).containsExactly(3, 5, 7);
        assertThat(out[2].shape().sizes()).containsExactly(4);
        assertFault(
                        Fault.BAD_ARGUMENT,
                        () -> Vmap.all(in -> in, new int[] {0}, new int[] {Vmap.SHARED}, Vmap.Randomness.SAME)
                                .apply(new Tensor[] {x}))
                .hasMessageContaining("differs");
    }
}
