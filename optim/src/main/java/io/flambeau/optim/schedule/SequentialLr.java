package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Schedules one after another: the next one starts from its own beginning at each milestone. */
public final class SequentialLr {
    private final Optimizer optimizer;
    private final double[] base;
    private final List<? extends Function<Optimizer, LrScheduler>> schedules;
    private final int[] milestones;
    private LrScheduler current;
    private int epoch;
    private int phase;

    /**
     * @param schedules makes each schedule for the optimizer, one more than there are milestones
     */
    public SequentialLr(
            Optimizer optimizer, List<? extends Function<Optimizer, LrScheduler>> schedules, int... milestones) {
        if (schedules.size() != milestones.length + 1) {
            throw new ArgumentException(
                    "SequentialLr",
                    schedules.size() + " schedules need " + (schedules.size() - 1) + " milestones, there are "
                            + milestones.length,
                    Fault.BAD_ARGUMENT);
        }
        this.optimizer = optimizer;
        this.base = optimizer.groups().stream().mapToDouble(g -> g.lr()).toArray();
        this.schedules = List.copyOf(schedules);
        this.milestones = milestones.clone();
        this.current = schedules.getFirst().apply(optimizer);
    }

    /** Goes on to the next epoch. */
    public void step() {
        epoch++;
        if (phase < milestones.length && epoch == milestones[phase]) {
            begin(++phase);
        } else {
            current.step();
        }
    }

    private void begin(int next) {
        for (int i = 0; i < base.length; i++) {
            optimizer.groups().get(i).lr(base[i]);
        }
        current = schedules.get(next).apply(optimizer);
    }

    public double[] lastLr() {
        return current.lastLr();
    }

    /** Numbers that go into a checkpoint. */
    public Map<String, Object> state() {
        return Map.of("epoch", (long) epoch, "phase", (long) phase, "current", current.state());
    }

    /** Goes on where {@link #state} was taken; the rates come with the optimizer's state. */
    @SuppressWarnings("unchecked")
    public void load(Map<String, ?> state) {
        double[] rates = lastLr();
        epoch = (int) LrScheduler.number(state, "epoch");
        phase = (int) LrScheduler.number(state, "phase");
        begin(phase);
        current.load((Map<String, ?>) Objects.requireNonNull(state.get("current")));
        for (int i = 0; i < rates.length; i++) {
            optimizer.groups().get(i).lr(rates[i]);
        }
    }
}
