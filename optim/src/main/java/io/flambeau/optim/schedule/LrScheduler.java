package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;
import io.flambeau.optim.ParamGroup;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The base of all schedules: changes the groups' learning rates once an epoch (or step), after the optimizer's step.
 *
 * <p>Making a scheduler applies epoch 0 already, so that a warm-up is in force from the first step. Rules that multiply
 * the present rate can be chained: several schedulers on one optimizer combine.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate">torch.optim.lr_scheduler</a>
 */
public abstract class LrScheduler {
    private final Optimizer optimizer;
    private final double[] base;
    private int epoch;

    /** Remembers the present rates as the base. A subclass calls {@link #start} at the end of its constructor. */
    LrScheduler(Optimizer optimizer) {
        this.optimizer = optimizer;
        this.base = optimizer.groups().stream().mapToDouble(ParamGroup::lr).toArray();
    }

    /** The rate of a group at an epoch, from the rate that is in force. */
    abstract double rate(double present, int group, int epoch);

    /** Applies epoch 0. */
    final void start() {
        epoch = 0;
        apply();
    }

    /** Goes on to the next epoch. */
    public void step() {
        epoch++;
        apply();
    }

    private void apply() {
        List<ParamGroup> groups = groups();
        for (int i = 0; i < base.length; i++) {
            groups.get(i).lr(rate(groups.get(i).lr(), i, epoch));
        }
    }

    final List<ParamGroup> groups() {
        return optimizer.groups();
    }

    final double base(int group) {
        return base[group];
    }

    final void base(int group, double rate) {
        base[group] = rate;
    }

    /** How often {@link #step} was called. */
    public final int epoch() {
        return epoch;
    }

    /** The rates in force, one for each group. */
    public final double[] lastLr() {
        return groups().stream().mapToDouble(ParamGroup::lr).toArray();
    }

    /** Numbers that go into a checkpoint, beside the optimizer's state, which holds the rates. */
    public Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("epoch", (long) epoch);
        for (int i = 0; i < base.length; i++) {
            state.put("base." + i, base[i]);
        }
        return state;
    }

    /** Goes on where {@link #state} was taken; the rates come with the optimizer's state. */
    public void load(Map<String, ?> state) {
        epoch = (int) number(state, "epoch");
        for (int i = 0; i < base.length; i++) {
            base[i] = number(state, "base." + i);
        }
    }

    static double number(Map<String, ?> state, String key) {
        if (state.get(key) instanceof Number n) {
            return n.doubleValue();
        }
        throw new ArgumentException(
                "LrScheduler", "the saved state has no number '" + key + "', only " + state.keySet(), Fault.STATE_DICT);
    }
}
