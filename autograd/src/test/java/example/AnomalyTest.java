package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.autograd.Grad;
import io.flambeau.autograd.Graph;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Anomaly mode as a user's code sees it; it lies outside the library's packages, whose lines are passed over. */
class AnomalyTest {
    private static Tensor rootOfZeroTimesZero(Tensor x) {
        return x.sqrt().mul(0).sum();
    }

    @Test
    void namesTheOperationAndTheUsersLine() {
        Tensor x = Tensors.of(new double[] {0, 1}).requiresGrad(true);
        rootOfZeroTimesZero(x).backward();
        assertThat(x.grad().toDoubleArray()[0])
                .as("without anomaly mode NaN goes on")
                .isNaN();
        assertThatThrownBy(() -> Grad.detectAnomaly(() -> rootOfZeroTimesZero(x).backward()))
                .isInstanceOf(GradientException.class)
                .hasMessageStartingWith("sqrt: the gradient of its input 0 has NaN")
                .hasMessageContaining("example.AnomalyTest.rootOfZeroTimesZero(AnomalyTest.java:")
                .hasMessageEndingWith("(FB-308)");
    }

    @Test
    void otherGradientErrorsNameTheLineToo() {
        Tensor x = Tensors.of(new double[] {0, 1}).requiresGrad(true);
        assertThatThrownBy(() -> Grad.detectAnomaly(() -> {
                    Tensor y = x.exp();
                    y.add_(1);
                    y.sum().backward();
                }))
                .hasMessageContaining("exp: a value")
                .hasMessageContaining("called at example.AnomalyTest.");
    }

    @Test
    void theLineThatOverwroteIsNamedWithoutAnomalyMode() {
        Tensor x = Tensors.of(new double[] {0, 1}).requiresGrad(true);
        Tensor y = x.exp();
        int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
        y.add_(1);
        assertThatThrownBy(() -> y.sum().backward())
                .isInstanceOf(GradientException.class)
                .hasMessageContaining("exp: a value")
                .hasMessageContaining(
                        "written at example.AnomalyTest.theLineThatOverwroteIsNamedWithoutAnomalyMode(AnomalyTest.java:"
                                + line + ")")
                .hasMessageEndingWith("(FB-301)");
    }

    @Test
    void everyErrorNamesTheLineThatAskedWithoutAnomalyMode() {
        Tensor x = Tensors.of(new double[] {1, 2}).requiresGrad(true);
        Tensor y = x.exp().sum();
        y.backward();
        int line = new Throwable().getStackTrace()[0].getLineNumber();
        List<Runnable> mistakes = List.of(
                () -> y.backward(),
                () -> x.exp().backward(),
                () -> x.add_(1),
                () -> Tensors.ones(1).backward(),
                () -> Grad.grad(x.sum(), Tensors.ones(1)));
        for (int i = 0; i < mistakes.size(); i++) {
            assertThatThrownBy(mistakes.get(i)::run)
                    .isInstanceOf(GradientException.class)
                    .hasMessageContaining("; asked for at example.AnomalyTest.")
                    .hasMessageContaining("(AnomalyTest.java:" + (line + 2 + i) + ")");
        }
    }

    @Test
    void aGraphShowsItsLines() {
        Tensor x = Tensors.of(new double[] {0, 1}).requiresGrad(true);
        String text = Grad.detectAnomaly(() -> Graph.dump(x.exp()));
        assertThat(text)
                .contains("exp float64[2] of leaf float64[2]; keeps 1 value, 64 bytes; it was called at example.");
    }

    @Test
    void soundGradientsPass() {
        Tensor x = Tensors.of(new double[] {4, 9}).requiresGrad(true);
        Grad.detectAnomaly(() -> rootOfZeroTimesZero(x).backward());
        assertThat(x.grad().toDoubleArray()).containsExactly(0, 0);
    }
}
