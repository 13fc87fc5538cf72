package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** Multiplies the rate by gamma at each milestone. */
public final class MultiStepLr extends LrScheduler {
    private final double gamma;
    private final int[] milestones;

    public MultiStepLr(Optimizer optimizer, double gamma, int... milestones) {
        super(optimizer);
        this.gamma = gamma;
        this.milestones = milestones.clone();
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        double rate = present;
        for (int milestone : milestones) {
            if (milestone == epoch && epoch > 0) {
                rate *= gamma;
            }
        }
        return rate;
    }
}
