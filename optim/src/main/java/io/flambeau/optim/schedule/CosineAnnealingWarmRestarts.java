package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/** A cosine from the base to {@code etaMin} that starts again after {@code t0} epochs, and then after {@code tMult}
 * times as many each time (Loshchilov and Hutter, <em>SGDR</em>, 2016). */
public final class CosineAnnealingWarmRestarts extends LrScheduler {
    private final int t0;
    private final int tMult;
    private final double etaMin;

    public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin) {
        super(optimizer);
        this.t0 = t0;
        this.tMult = tMult;
        this.etaMin = etaMin;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        int period = t0;
        int at = epoch;
        while (at >= period) {
            at -= period;
            period *= tMult;
        }
        return etaMin + (base(group) - etaMin) * (1 + Math.cos(Math.PI * at / period)) / 2;
    }
}
