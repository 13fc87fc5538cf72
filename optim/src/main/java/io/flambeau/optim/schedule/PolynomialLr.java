package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** Leads the rate to 0 along a power of the remaining epochs. */
public final class PolynomialLr extends LrScheduler {
    private final int totalIters;
    private final double power;

    public PolynomialLr(Optimizer optimizer, int totalIters, double power) {
        super(optimizer);
        this.totalIters = totalIters;
        this.power = power;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        if (epoch == 0 || epoch > totalIters) {
            return present;
        }
        double left = 1 - (double) epoch / totalIters;
        double before = 1 - (epoch - 1.0) / totalIters;
        return present * Math.pow(left / before, power);
    }
}
