package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** Multiplies the rate by gamma every epoch. */
public final class ExponentialLr extends LrScheduler {
    private final double gamma;

    public ExponentialLr(Optimizer optimizer, double gamma) {
        super(optimizer);
        this.gamma = gamma;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        return epoch == 0 ? present : present * gamma;
    }
}
