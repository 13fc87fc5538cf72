package io.flambeau.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The way over Rosenbrock's valley that PyTorch's LBFGS takes. */
class LbfgsTest {
    private final Tensor p = Tensors.of(new double[] {-1.5, 2}, 2).requiresGrad(true);

    private DoubleSupplier closure(Lbfgs optimizer) {
        return () -> {
            optimizer.zeroGrad();
            Tensor x = p.select(0, 0);
            Tensor y = p.select(0, 1);
            Tensor loss = y.sub(x.square()).square().mul(100).add(x.rsub(1).square());
            loss.backward();
            return loss.item();
        };
    }

    private void follows(Options options, double[]... expected) {
        Lbfgs optimizer = new Lbfgs(List.of(p), options);
        for (double[] step : expected) {
            double loss = optimizer.step(closure(optimizer));
            assertThat(loss).isCloseTo(step[0], within(1e-6 * step[0]));
            assertThat(p.detach().toDoubleArray()).containsExactly(new double[] {step[1], step[2]}, within(1e-6));
        }
    }

    @Test
    void fixedSteps() {
        follows(
                Lbfgs.options().lr(0.1).with("max_iter", 5),
                new double[] {12.5, -1.422704506882964, 2.0240334188679774},
                new double[] {5.869497426825734, -1.419900377141577, 2.021170689601138},
                new double[] {5.85847173127243, -1.4150083583808064, 2.0130458780729557},
                new double[] {5.843923375196381, -1.4043758711403123, 1.990984189901701});
    }

    @Test
    void strongWolfe() {
        follows(
                Lbfgs.options().with("max_iter", 5).with("line_search_fn", Lbfgs.STRONG_WOLFE),
                new double[] {12.5, -1.4190151739012853, 2.015228881713949},
                new double[] {5.851898414902332, -1.2050322831643026, 1.3935585763354525},
                new double[] {5.204910022853519, -0.741182959696463, 0.512356777959665},
                new double[] {3.168584074458795, -0.29264469783423197, 0.04197400173449347});
    }

    @Test
    void goesOnFromItsState() {
        Options options = Lbfgs.options().with("max_iter", 3).with("line_search_fn", Lbfgs.STRONG_WOLFE);
        Lbfgs whole = new Lbfgs(List.of(p), options);
        whole.step(closure(whole));
        Lbfgs resumed = new Lbfgs(List.of(p), options);
        resumed.loadStateDict(whole.stateDict());
        Tensor half = p.detach().clone();
        whole.step(closure(whole));
        Tensor end = p.detach().clone();
        Tensors.noGrad(() -> {
            p.copy_(half);
        });
        resumed.step(closure(resumed));
        assertThat(p.detach().equal(end)).isTrue();
    }

    @Test
    void needsAClosure() {
        p.grad(Tensors.of(new double[] {1, 1}, 2));
        assertThatThrownBy(() -> new Lbfgs(List.of(p), Lbfgs.options()).step())
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("closure");
    }
}
