package io.flambeau.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.optim.schedule.ConstantLr;
import io.flambeau.optim.schedule.CosineAnnealingLr;
import io.flambeau.optim.schedule.CosineAnnealingWarmRestarts;
import io.flambeau.optim.schedule.ExponentialLr;
import io.flambeau.optim.schedule.LinearLr;
import io.flambeau.optim.schedule.OneCycleLr;
import io.flambeau.optim.schedule.ReduceLrOnPlateau;
import io.flambeau.optim.schedule.SequentialLr;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the first steps of optimizers and schedules are; the numbers are PyTorch's. */
class OptimizerConventionsTest {
    private static final double NONE = Double.NaN;

    /** Where a parameter at 1 stands after steps with these gradients; {@link #NONE} for a step without one. */
    private static double[] path(
            BiFunction<List<Tensor>, Options, Optimizer> maker, Options options, double... gradients) {
        Tensor p = Tensors.of(new double[] {1}).requiresGrad(true);
        Optimizer optimizer = maker.apply(List.of(p), options.lr(0.1));
        double[] places = new double[gradients.length];
        for (int i = 0; i < places.length; i++) {
            p.grad(Double.isNaN(gradients[i]) ? null : Tensors.of(new double[] {gradients[i]}));
            optimizer.step();
            places[i] = p.item();
        }
        return places;
    }

    private static void assertClose(double[] actual, double... expected) {
        assertThat(actual).containsExactly(expected, within(1e-6));
    }

    @Test
    void momentumStartsWithTheGradientAndKnowsNoRate() {
        assertClose(path(Sgd::new, Sgd.options().momentum(0.9).dampening(0.5), 1, 1, 1), 0.9, 0.76, 0.584);
        assertClose(path(Sgd::new, Sgd.options().momentum(0.9).nesterov(true), 1, 1), 0.81, 0.539);
    }

    @Test
    void decayIsPartOfTheGradientExceptInAdamW() {
        assertClose(path(Sgd::new, Sgd.options().weightDecay(0.5), 1), 0.85);
        assertClose(path(Adam::new, Adam.options().weightDecay(0.5), 1), 0.9);
        assertClose(path(AdamW::new, AdamW.options(), 1), 0.899);
        assertThat(AdamW.options().asMap()).containsEntry("weight_decay", 0.01);
    }

    @Test
    void adamAddsItsEpsilonToTheCorrectedRoot() {
        assertClose(path(Adam::new, Adam.options(), 1e-8), 0.95);
    }

    @Test
    void aParameterWithoutGradientDoesNotEvenDecay() {
        assertClose(path(AdamW::new, AdamW.options().weightDecay(0.5), NONE), 1);
        assertClose(path(Sgd::new, Sgd.options().momentum(0.9), 1, NONE, 1), 0.9, 0.9, 0.71);
    }

    @Test
    void defaultsOfTheOthers() {
        assertThat(RmsProp.options().asMap()).containsEntry("alpha", 0.99);
        assertThat(Adagrad.options().asMap()).containsEntry("eps", 1e-10);
        assertThat(Adadelta.options().asMap()).containsEntry("lr", 1.0);
        assertThat(GradScaler.options()).isEqualTo(new GradScaler.Options(65536, 2, 0.5, 2000));
    }

    @Test
    void adamsStateIsNumberedByPosition() {
        Tensor p = Tensors.of(new float[] {1, 2}).requiresGrad(true);
        Adam adam = new Adam(List.of(p), Adam.options());
        p.grad(Tensors.ones(2));
        adam.step();
        Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) adam.stateDict().get("state")).get(0L);
        assertThat(state.keySet()).isEqualTo(java.util.Set.of("step", "exp_avg", "exp_avg_sq"));
        Tensor step = (Tensor) state.get("step");
        assertThat(step.rank()).isZero();
        assertThat(step.dtype().isFloating()).isTrue();
        assertThat(step.item()).isEqualTo(1);
        assertThat(adam.stateDict().get("param_groups").toString()).contains("params=[0]");
    }

    @Test
    void clippingDividesByALittleMoreThanTheNormAndLetsNanThrough() {
        Tensor p = Tensors.of(new double[] {3, 4}).requiresGrad(true);
        p.grad(Tensors.of(new double[] {3, 4}));
        assertThat(Clip.clipGradNorm(List.of(p), 1)).isEqualTo(5);
        assertThat(p.grad().toDoubleArray())
                .containsExactly(new double[] {3 / (5 + 1e-6), 4 / (5 + 1e-6)}, within(1e-12));
        p.grad(Tensors.of(new double[] {Double.NaN, 4}));
        assertThat(Clip.clipGradNorm(List.of(p), 1)).isNaN();
        assertThat(p.grad().toDoubleArray()).containsOnly(Double.NaN);
    }

    /** The rates at which the next steps would go, beginning before the first. */
    private static double[] rates(int count, Function<Optimizer, Runnable> schedule) {
        return seen("lr", count, Sgd.options(), schedule);
    }

    private static double[] seen(String name, int count, Options options, Function<Optimizer, Runnable> schedule) {
        Tensor p = Tensors.ones(1).requiresGrad(true);
        Sgd sgd = new Sgd(List.of(p), options.lr(1));
        Runnable step = schedule.apply(sgd);
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seen.add(sgd.groups().getFirst().real(name));
            sgd.step();
            step.run();
        }
        return seen.stream().mapToDouble(x -> x).toArray();
    }

    @Test
    void aScheduleBeginsWhenItIsMade() {
        assertClose(rates(4, o -> new LinearLr(o, 0.5, 1, 2)::step), 0.5, 0.75, 1, 1);
    }

    @Test
    void cosinesClimbAgainAndRestart() {
        assertClose(rates(5, o -> new CosineAnnealingLr(o, 2, 0)::step), 1, 0.5, 0, 0.5, 1);
        assertClose(
                rates(7, o -> new CosineAnnealingWarmRestarts(o, 2, 2, 0)::step),
                1,
                0.5,
                1,
                0.853553391,
                0.5,
                0.146446609,
                1);
    }

    @Test
    void oneCycleGoesFromATwentyFifthUpAndFarDownWithItsMomentum() {
        Function<Optimizer, Runnable> cycle = o -> new OneCycleLr(o, OneCycleLr.options(1, 4))::step;
        Options momentum = Sgd.options().momentum(0.9);
        assertThat(seen("lr", 4, momentum, cycle))
                .containsExactly(new double[] {0.04, 0.811745654, 0.283060998, 4e-6}, within(1e-9));
        assertClose(seen("momentum", 4, momentum, cycle), 0.95, 0.868826, 0.921694, 0.95);
    }

    @Test
    void aPlateauIsElevenFlatStepsAfterTheBest() {
        double[] rates = rates(14, o -> {
            ReduceLrOnPlateau plateau = new ReduceLrOnPlateau(o, ReduceLrOnPlateau.options());
            return () -> plateau.step(1);
        });
        assertThat(rates).startsWith(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertClose(new double[] {rates[12], rates[13]}, 0.1, 0.1);
    }

    @Test
    void theNextOfASequenceBeginsAnew() {
        double[] rates = rates(
                5,
                o -> new SequentialLr(o, List.of(x -> new ConstantLr(x, 0.1, 2), x -> new ExponentialLr(x, 0.5)), 2)
                        ::step);
        assertClose(rates, 0.1, 0.1, 1, 0.5, 0.25);
    }
}
