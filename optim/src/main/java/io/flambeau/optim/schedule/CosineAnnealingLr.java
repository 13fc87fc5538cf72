package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** Leads the rate along a cosine from the base to {@code etaMin} in {@code tMax} epochs, and up again after that
 * (Loshchilov and Hutter, <em>SGDR</em>, 2016). */
public final class CosineAnnealingLr extends LrScheduler {
    private final int tMax;
    private final double etaMin;

    public CosineAnnealingLr(Optimizer optimizer, int tMax, double etaMin) {
        super(optimizer);
        this.tMax = tMax;
        this.etaMin = etaMin;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        if (epoch == 0) {
            return present;
        } else if ((epoch - 1 - tMax) % (2 * tMax) == 0) {
            return present + (base(group) - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
        }
        double now = 1 + Math.cos(Math.PI * epoch / tMax);
        double before = 1 + Math.cos(Math.PI * (epoch - 1) / tMax);
        return now / before * (present - etaMin) + etaMin;
    }
}
