package io.flambeau.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.optim.catalog.OptimizerCatalog;
import io.flambeau.optim.schedule.SwaLr;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.ReleasedException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hyperparameters: what is taken, what changes nothing, what is refused; and the optimizers no golden case has. */
class OptionsTest {
    private static Tensor matrix() {
        return Tensors.arange(1, 7).reshape(2, 3).div(10.0).requiresGrad(true);
    }

    static List<OptimizerCatalog.Entry> optimizers() {
        return OptimizerCatalog.all();
    }

    @Test
    void zeroGradReturnsTheGradientsMemory() {
        Tensor w = matrix();
        Sgd sgd = new Sgd(List.of(w), Sgd.options().lr(0.1));
        w.square().sum().backward();
        Tensor gradient = w.grad();
        sgd.zeroGrad();
        assertThat(w.grad()).isNull();
        assertThatThrownBy(gradient::toDoubleArray)
                .isInstanceOf(ReleasedException.class)
                .hasMessageContaining("zeroGrad");
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void choicesOfImplementationsChangeNothing(OptimizerCatalog.Entry entry) {
        Options same = entry.options()
                .with("foreach", true)
                .with("fused", null)
                .with("capturable", false)
                .with("differentiable", false);
        assertThat(same.asMap()).isEqualTo(entry.options().asMap());
        assertThatThrownBy(() -> entry.options().with("differentiable", true))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("not recorded");
        assertThatThrownBy(() -> entry.options().with("learning_rate", 1))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("learning_rate");
        assertThatThrownBy(() ->
                        entry.maker().apply(List.of(matrix()), entry.options().lr(-1)))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("lr is -1.0");
    }

    @Test
    void whatNoOptimizerCanWorkWithIsRefused() {
        List<Tensor> parameters = List.of(matrix());
        for (Options options : List.of(
                Adam.options().betas(0.9, 1),
                Adam.options().betas(-0.1, 0.9),
                Adam.options().eps(Double.NaN),
                Adam.options().weightDecay(-1))) {
            assertThatThrownBy(() -> new Adam(parameters, options)).isInstanceOf(ArgumentException.class);
        }
        for (Options options : List.of(
                Sgd.options().nesterov(true),
                Sgd.options().nesterov(true).momentum(0.9).dampening(0.1),
                Sgd.options().momentum(-0.1))) {
            assertThatThrownBy(() -> new Sgd(parameters, options)).isInstanceOf(ArgumentException.class);
        }
        assertThatThrownBy(() -> new Rprop(parameters, Rprop.options().with("etas", List.of(1.5, 0.5))))
                .hasMessageContaining("etas");
    }

    @Test
    void decoupledDecayMakesAdamAdamW() {
        Tensor a = matrix();
        Tensor b = matrix();
        Optimizer adam = new Adam(List.of(a), Adam.options().weightDecay(0.1).decoupledWeightDecay(true));
        Optimizer adamW = new AdamW(List.of(b), AdamW.options().weightDecay(0.1));
        for (int i = 0; i < 3; i++) {
            a.grad(matrix().detach().sub(0.3));
            b.grad(matrix().detach().sub(0.3));
            adam.step();
            adamW.step();
        }
        assertThat(a.detach().toFloatArray()).containsExactly(b.detach().toFloatArray());
    }

    /** The numbers are PyTorch's. */
    @Test
    void muonAndAdafactor() {
        Tensor p = matrix();
        Optimizer muon = new Muon(List.of(p), Muon.options().lr(0.1));
        for (int i = 0; i < 2; i++) {
            p.grad(Tensors.of(new float[] {1, -2, 3, 0.5f, 1, -1}, 2, 3));
            muon.step();
        }
        assertThat(p.detach().toFloatArray()).containsExactly(MUON, within(1e-6f));
        assertThatThrownBy(() -> {
                    Tensor vector = Tensors.ones(3).requiresGrad(true);
                    vector.grad(Tensors.ones(3));
                    new Muon(List.of(vector), Muon.options()).step();
                })
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("[3]");
        Tensor q = matrix();
        Optimizer adafactor = new Adafactor(List.of(q), Adafactor.options().lr(0.1));
        for (int i = 0; i < 2; i++) {
            q.grad(Tensors.of(new float[] {1, -2, 3, 0.5f, 1, -1}, 2, 3));
            adafactor.step();
        }
        assertThat(q.detach().toFloatArray()).containsExactly(ADAFACTOR, within(1e-6f));
        Optimizer resumed = new Adafactor(List.of(q), Adafactor.options());
        resumed.loadStateDict(adafactor.stateDict());
        assertThat(resumed.stateDict().toString())
                .isEqualTo(adafactor.stateDict().toString());
    }

    /** PyTorch passes over states whose positions are text. */
    @Test
    void statesAreFoundByNumbersOrTheirText() {
        Tensor p = matrix();
        Optimizer adam = new Adam(List.of(p), Adam.options());
        p.grad(matrix().detach());
        adam.step();
        Map<String, Object> dict = adam.stateDict();
        assertThat(((Map<?, ?>) dict.get("state")).keySet()).isEqualTo(Set.of(0L));
        Object values = ((Map<?, ?>) dict.get("state")).get(0L);
        for (Object position : List.of(0L, 0, "0")) {
            Optimizer other = new Adam(List.of(p), Adam.options());
            other.loadStateDict(Map.of("state", Map.of(position, values), "param_groups", dict.get("param_groups")));
            assertThat(other.stateDict().toString()).isEqualTo(dict.toString());
        }
    }

    @Test
    void ratesComeToThatOfTheAverage() {
        Sgd sgd = new Sgd(List.of(matrix()), Sgd.options().lr(0.5));
        SwaLr schedule = new SwaLr(sgd, 0.1, 4, false);
        double[] rates = new double[6];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = sgd.groups().getFirst().lr();
            schedule.step();
        }
        assertThat(Arrays.stream(rates).map(r -> Math.round(r * 1e9) / 1e9).toArray())
                .containsExactly(0.5, 0.4, 0.3, 0.2, 0.1, 0.1);
    }

    private static final float[] MUON = {0.0301838f, 0.2566509f, 0.1836472f, 0.2812744f, 0.4177609f, 0.6222582f};
    private static final float[] ADAFACTOR = {0.0289510f, 0.2710490f, 0.2246411f, 0.3113863f, 0.4113863f, 0.6626593f};
}
