package io.flambeau.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives in a direction; that every operation has them, law 11 of the kit says. */
class ForwardTest {
    private static final Tensor X = Tensors.of(new double[] {1, 2, 3});
    private static final Tensor T = Tensors.of(new double[] {1, 0, -1});

    /** As two products with cotangents: what the derivative in a direction must equal. */
    private static Tensor twice(UnaryOperator<Tensor> f, Tensor x, Tensor t) {
        Tensor y = f.apply(x);
        Tensor dual = y.detach().onesLike().requiresGrad(true);
        Tensor linear =
                Grad.of(in -> f.apply(in).mul(dual).sum()).apply(x.detach().requiresGrad(true));
        return Grad.grad(linear.mul(t).sum(), dual)[0];
    }

    private static void agree(UnaryOperator<Tensor> f) {
        Grad.Pair pair = Grad.jvp(f, X, T);
        assertThat(pair.value().toDoubleArray()).containsExactly(f.apply(X).toDoubleArray());
        assertThat(pair.derivative().toDoubleArray())
                .containsExactly(twice(f, X, T).toDoubleArray(), within(1e-12));
        Tensor above = f.apply(X.add(T.mul(1e-6)));
        Tensor below = f.apply(X.sub(T.mul(1e-6)));
        assertThat(pair.derivative().toDoubleArray())
                .containsExactly(above.sub(below).div(2e-6).toDoubleArray(), within(1e-5));
    }

    @Test
    void equalsTwoProductsAndDifferences() {
        Tensor m = Tensors.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 10}, 3, 3);
        agree(x -> m.matmul(x.square()).sin());
        agree(x -> x.softmax(0).cumsum(0));
        agree(x -> Linalg.inv(m.mul(x)).sum(0));
        agree(x -> x.prod().expand(2).mul(x.narrow(0, 1, 2)).flip(0));
        agree(x ->
                x.where(x.gt(1.5), x.exp()).to(DType.F32).to(DType.F64).mul(0).add(x.where(x.gt(1.5), x.exp())));
        agree(x -> Tensors.cat(0, x, x.mul(x)).reshape(2, 3).t().contiguous().amax(1));
    }

    @Test
    void goesThroughWritesAndViews() {
        agree(x -> {
            Tensor y = x.clone();
            y.narrow(0, 1, 2).mul_(y.select(0, 0).clone());
            return y.sin_();
        });
        agree(x -> {
            Tensor y = Tensors.zeros(DType.F64, 2, 3);
            Tensor row = y.select(0, 1);
            row.copy_(x.square());
            row.add_(1);
            y.select(0, 0).copy_(y.select(0, 1));
            return y.sum(0);
        });
        agree(x -> {
            Tensor y = x.mul(2);
            Tensor view = y.view(3, 1);
            y.copy_(Tensors.ones(DType.F64, 3));
            return view.flatten().mul(x);
        });
    }

    @Test
    void valuesMayBeRead() {
        agree(x -> x.sum().item() > 0 ? x.mul(x.select(0, 1).item()) : x);
    }

    @Test
    void severalArgumentsAndResults() {
        Tensor a = Tensors.of(new double[] {2});
        Tensor b = Tensors.of(new double[] {5});
        Grad.Pairs pairs = Grad.jvp(
                in -> new Tensor[] {in[0].mul(in[1]), in[1].argmax(), in[0].square()},
                new Tensor[] {a, b},
                new Tensor[] {Tensors.of(new double[] {1}), Tensors.of(new double[] {10})});
        assertThat(pairs.values()[0].item()).isEqualTo(10);
        assertThat(pairs.derivatives()[0].item()).isEqualTo(25);
        assertThat(pairs.derivatives()[1].item()).isZero();
        assertThat(pairs.derivatives()[2].item()).isEqualTo(4);
        assertThatThrownBy(() -> Grad.jvp(in -> in, new Tensor[] {a, b}, new Tensor[] {a}))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("1 tangents were given for 2 arguments");
        assertThatThrownBy(() -> Grad.jvp(x -> x, X, a))
                .isInstanceOf(GradientException.class)
                .hasMessageContaining("[1]")
                .hasMessageContaining("[3]");
    }

    @Test
    void derivativesNestWithoutConfusion() {
        Tensor one = Tensors.scalar(1.0).to(DType.F64);
        Tensor two = Tensors.scalar(2.0).to(DType.F64);
        UnaryOperator<Tensor> inner =
                x -> x.mul(Grad.jvp(y -> x.add(y), one, one).derivative());
        assertThat(Grad.jvp(inner, two, one).derivative().item()).isEqualTo(1);
        UnaryOperator<Tensor> first = x -> Grad.jvp(y -> y.pow(4), x, one).derivative();
        UnaryOperator<Tensor> second = x -> Grad.jvp(first, x, one).derivative();
        assertThat(Grad.jvp(second, two, one).derivative().item()).isCloseTo(48, within(1e-9));
        UnaryOperator<Tensor> closed =
                x -> Grad.jvp(y -> x.square().mul(y.exp()), one, one).derivative();
        assertThat(Grad.jvp(closed, two, one).derivative().item()).isCloseTo(4 * Math.E, within(1e-6));
    }

    @Test
    void nestsWithGradients() {
        UnaryOperator<Tensor> cube = x -> x.pow(3).sum();
        Tensor product = Grad.jvp(Grad.of(cube), X, T).derivative();
        assertThat(product.toDoubleArray()).containsExactly(6, 0, -18);
        Tensor reverse =
                Grad.of(x -> Grad.jvp(y -> y.pow(3).sum(), x, T).derivative()).apply(X);
        assertThat(reverse.toDoubleArray()).containsExactly(6, 0, -18);
        Tensor leaf = X.detach().requiresGrad(true);
        Grad.jvp(y -> y.pow(3).sum(), leaf, T).derivative().backward();
        assertThat(leaf.grad().toDoubleArray()).containsExactly(6, 0, -18);
        Tensor direction = T.detach().requiresGrad(true);
        Grad.jvp(y -> y.pow(3).sum(), X, direction).derivative().backward();
        assertThat(direction.grad().toDoubleArray()).containsExactly(3, 12, 27);
    }

    @Test
    void nestsWithBatches() {
        Tensor rows = Tensors.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        UnaryOperator<Tensor> f = x -> x.prod().mul(x);
        Tensor each = Vmap.of(x -> Grad.jvp(f, x, T).derivative()).apply(rows);
        Tensor directions = T.expand(2, 3).contiguous();
        Tensor whole = Grad.jvp(Vmap.of(f), rows, directions).derivative();
        for (int i = 0; i < 2; i++) {
            double[] expected = twice(f, rows.select(0, i), T).toDoubleArray();
            assertThat(each.select(0, i).toDoubleArray()).containsExactly(expected, within(1e-9));
            assertThat(whole.select(0, i).toDoubleArray()).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void goesThroughFunctionsOfOnesOwnAndCheckpoints() {
        Function cube =
                Function.of("cube", x -> x.pow(3), (g, x) -> g.mul(x.square()).mul(3));
        agree(x -> cube.apply(x).sin());
        agree(x -> Checkpoint.call(in -> in.exp().mul(in), x));
    }

    @Test
    void leavesParametersAlone() {
        Tensor weight = Tensors.of(new double[] {3, 4, 5}).requiresGrad(true);
        Grad.Pair pair = Grad.jvp(x -> x.mul(weight).sum(), X, T);
        assertThat(pair.derivative().item()).isEqualTo(-2);
        assertThat(pair.value().requiresGrad()).isFalse();
        assertThat(pair.derivative().requiresGrad()).isFalse();
        assertThat(weight.grad()).isNull();
        assertThatThrownBy(() -> Grad.jvp(x -> x.add_(1), X, T)).isInstanceOf(GradientException.class);
        assertThat(X.toDoubleArray()).containsExactly(1, 2, 3);
    }

    @Test
    void constantsHaveNone() {
        for (UnaryOperator<Tensor> f : List.<UnaryOperator<Tensor>>of(
                Tensor::detach, x -> Tensors.noGrad(() -> x.mul(2)), x -> x.sign(), x -> Tensors.ones(DType.F64, 3))) {
            assertThat(Grad.jvp(f, X, T).derivative().toDoubleArray()).containsExactly(0, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memoryDoesNotGrowWithDepth(boolean parameters) {
        long shallow = live(4, parameters);
        long deep = live(100, parameters);
        assertThat(deep).isLessThan(shallow + 4 * 800_000);
    }

    /** What is live at the end of a function of that many operations, tangents and all. */
    private static long live(int depth, boolean parameters) {
        Tensor x = Tensors.ones(DType.F64, 100_000);
        Tensor weight = Tensors.ones(DType.F64, 100_000).requiresGrad(parameters);
        long[] live = new long[1];
        Grad.jvp(
                in -> {
                    Tensor y = in;
                    for (int i = 0; i < depth; i++) {
                        y = y.sin().mul(weight).cumsum(0);
                    }
                    for (int i = 0; i < 3; i++) {
                        System.gc();
                        Memory.collect();
                    }
                    live[0] = Memory.usage(y.device()).live();
                    return y;
                },
                x,
                x);
        return live[0];
    }

    @Test
    void aScopeKeepsTangentsWithTheirTensors() {
        Grad.Pair pair = Grad.jvp(
                x -> {
                    try (Scope scope = Scope.open("inner")) {
                        return scope.keepGraph(x.square().sin());
                    }
                },
                X,
                T);
        assertThat(pair.derivative().toDoubleArray())
                .containsExactly(new double[] {2 * Math.cos(1), 0, -6 * Math.cos(9)}, within(1e-15));
    }
}
