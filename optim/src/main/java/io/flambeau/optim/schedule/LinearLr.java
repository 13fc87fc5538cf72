package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** Leads the rate linearly from one share of the base to another in {@code totalIters} epochs. */
public final class LinearLr extends LrScheduler {
    private final double startFactor;
    private final double endFactor;
    private final int totalIters;

    public LinearLr(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
        super(optimizer);
        this.startFactor = startFactor;
        this.endFactor = endFactor;
        this.totalIters = totalIters;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        if (epoch == 0) {
            return present * startFactor;
        } else if (epoch > totalIters) {
            return present;
        }
        double before = startFactor * totalIters + (epoch - 1) * (endFactor - startFactor);
        return present * (1 + (endFactor - startFactor) / before);
    }
}
