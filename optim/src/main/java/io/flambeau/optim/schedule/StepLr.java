package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** Multiplies the rate by gamma every {@code stepSize} epochs. */
public final class StepLr extends LrScheduler {
    private final int stepSize;
    private final double gamma;

    public StepLr(Optimizer optimizer, int stepSize, double gamma) {
        super(optimizer);
        this.stepSize = stepSize;
        this.gamma = gamma;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        return epoch > 0 && epoch % stepSize == 0 ? present * gamma : present;
    }
}
