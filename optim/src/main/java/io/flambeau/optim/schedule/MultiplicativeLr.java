package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;
import java.util.function.IntToDoubleFunction;

/** Multiplies the rate by a function of the epoch. */
public final class MultiplicativeLr extends LrScheduler {
    private final IntToDoubleFunction factor;

    public MultiplicativeLr(Optimizer optimizer, IntToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        return epoch == 0 ? present : present * factor.applyAsDouble(epoch);
    }
}
