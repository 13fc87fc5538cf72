package io.flambeau.tck.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What is drawn has the distribution it should have, and follows from the generator's state alone. */
class SamplingTest {
    private static final int N = 20_000;

    private static Tensor vector() {
        return Tensors.zeros(DType.F64, N);
    }

    /** The Kolmogorov-Smirnov distance lies below its 0.1 % bound. */
    private static void assertFollows(Tensor drawn, DoubleUnaryOperator distribution) {
        double[] x = drawn.toDoubleArray();
        Arrays.sort(x);
        double distance = 0;
        for (int i = 0; i < x.length; i++) {
            double p = distribution.applyAsDouble(x[i]);
            distance = Math.max(distance, Math.max(p - (double) i / x.length, (i + 1.0) / x.length - p));
        }
        assertThat(distance * Math.sqrt(x.length)).isLessThan(1.95);
    }

    @Test
    void continuousDistributions() {
        Generator g = new Generator(7);
        assertFollows(vector().uniform_(-1, 3, g), x -> (x + 1) / 4);
        assertFollows(vector().exponential_(2, g), x -> 1 - Math.exp(-2 * x));
        assertFollows(vector().cauchy_(1, 2, g), x -> 0.5 + Math.atan((x - 1) / 2) / Math.PI);
        Tensor normal = vector().normal_(3, 2, g);
        assertThat(normal.mean().item()).isCloseTo(3, within(0.06));
        assertThat(normal.std().item()).isCloseTo(2, within(0.04));
        assertFollows(normal, x -> {
            Tensor z = Tensors.of(new double[] {(x - 3) / 2 / Math.sqrt(2)});
            return 0.5 * (1 + z.erf().item());
        });
    }

    @Test
    void discreteDistributions() {
        Generator g = new Generator(8);
        assertThat(vector().bernoulli_(0.3, g).mean().item()).isCloseTo(0.3, within(0.012));
        assertThat(vector().geometric_(0.25, g).mean().item()).isCloseTo(4, within(0.1));
        for (double rate : new double[] {0.5, 4, 30, 400}) {
            Tensor drawn = Tensors.full(vector().spec(), Scalar.of(rate)).poisson(g);
            assertThat(drawn.mean().item()).isCloseTo(rate, within(5 * Math.sqrt(rate / N)));
            assertThat(drawn.var().item() / rate).isCloseTo(1, within(0.06));
        }
        long[] dice = Tensors.randint(g, 1, 7, N).toLongArray();
        long[] counts = new long[7];
        for (long face : dice) {
            counts[(int) face]++;
        }
        assertThat(counts[0]).isZero();
        for (int face = 1; face <= 6; face++) {
            assertThat((double) counts[face]).isCloseTo(N / 6.0, within(250.0));
        }
    }

    @Test
    void aPermutationHoldsEveryNumberOnce() {
        Tensor p = Tensors.randperm(new Generator(3), 1000);
        assertThat(p.sort()[0].equal(Tensors.arange(1000))).isTrue();
        assertThat(p.equal(Tensors.arange(1000))).isFalse();
    }

    @Test
    void multinomialDrawsInProportionAndWithoutReplacementNeverTwice() {
        Generator g = new Generator(5);
        Tensor weights = Tensors.of(new double[] {1, 0, 3});
        Tensor drawn = weights.multinomial(N, true, g);
        assertThat(drawn.eq(1).any().itemBoolean()).isFalse();
        assertThat((double) drawn.eq(2).sum().itemLong() / N).isCloseTo(0.75, within(0.012));
        assertThat(weights.multinomial(2, false, g).sort()[0].toLongArray()).containsExactly(0, 2);
        assertThatThrownBy(() -> weights.multinomial(3, false, g))
                .isInstanceOf(ArgumentException.class)
                .hasMessageStartingWith("multinomial: 3 places without replacement");
    }

    @Test
    void theStateDecidesWhatIsDrawn() {
        Generator g = new Generator(11);
        Tensors.rand(g, 5);
        Generator.State here = g.state();
        Tensor first = Tensors.full(vector().spec(), Scalar.of(6.0)).poisson(g);
        Tensor more = vector().normal_(0, 1, g);
        g.state(here);
        assertThat(Tensors.full(vector().spec(), Scalar.of(6.0)).poisson(g).equal(first))
                .isTrue();
        assertThat(vector().normal_(0, 1, g).equal(more)).isTrue();
    }

    @Test
    void wrongParametersAreNamed() {
        assertThatThrownBy(() -> vector().exponential_(0)).hasMessageStartingWith("exponential_: rate is 0.0");
        assertThatThrownBy(() -> Tensors.randint(3, 3, 2)).hasMessageStartingWith("randint: low is 3 and high is 3");
        assertThatThrownBy(() -> Tensors.of(new double[] {1.5}).bernoulli())
                .hasMessageStartingWith("bernoulli: probabilities go from 1.5 to 1.5");
    }

    /** Whether all numbers are multiples of the step in [0, 1). */
    private static boolean areMultiples(double[] drawn, double step) {
        return Arrays.stream(drawn).allMatch(u -> 0 <= u && u < 1 && u / step == Math.rint(u / step));
    }

    @Test
    void uniformDrawsAreMultiplesOfTheDtypesStep() {
        Generator g = new Generator(9);
        assertThat(areMultiples(Tensors.rand(g, N).toDoubleArray(), 0x1p-24)).isTrue();
        double[] doubles = Tensors.rand(g, vector().spec()).toDoubleArray();
        assertThat(areMultiples(doubles, 0x1p-53)).isTrue();
        assertThat(areMultiples(doubles, 0x1p-24)).isFalse();
    }

    @Test
    void whatIsDrawnDoesNotDependOnHowMuchIsDrawn() {
        Tensor few = Tensors.randn(new Generator(5), 15);
        assertThat(Tensors.randn(new Generator(5), 16).narrow(0, 0, 15).equal(few))
                .isTrue();
    }
}
