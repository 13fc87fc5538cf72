package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** Multiplies the rate by a factor until epoch {@code totalIters}. */
public final class ConstantLr extends LrScheduler {
    private final double factor;
    private final int totalIters;

    public ConstantLr(Optimizer optimizer, double factor, int totalIters) {
        super(optimizer);
        this.factor = factor;
        this.totalIters = totalIters;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        return epoch == 0 ? present * factor : epoch == totalIters ? present / factor : present;
    }
}
