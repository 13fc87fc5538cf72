package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;

/**
 * Leads the rates to a constant one, at which weights are averaged (Izmailov et al., <em>Averaging weights leads to wider
 * optima</em>, 2018): over some epochs, from whatever rates other schedules leave.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.swa_utils.SWALR.html">torch.optim.swa_utils.SWALR</a>
 */
public final class SwaLr extends LrScheduler {
    private final double swaLr;
    private final int annealEpochs;
    private final boolean cosine;

    /** Along a cosine over 10 epochs. */
    public SwaLr(Optimizer optimizer, double swaLr) {
        this(optimizer, swaLr, 10, true);
    }

    /**
     * @param annealEpochs epochs until the rate is {@code swaLr}
     * @param cosine whether it follows a cosine, else a straight line
     */
    public SwaLr(Optimizer optimizer, double swaLr, int annealEpochs, boolean cosine) {
        super(optimizer);
        if (annealEpochs < 0) {
            throw new ArgumentException("SwaLr", "annealEpochs is " + annealEpochs + ", negative", Fault.BAD_ARGUMENT);
        }
        this.swaLr = swaLr;
        this.annealEpochs = annealEpochs;
        this.cosine = cosine;
        start();
    }

    private double share(int epoch) {
        double t = Math.clamp((double) epoch / Math.max(1, annealEpochs), 0.0, 1.0);
        return cosine ? (1 - Math.cos(Math.PI * t)) / 2 : t;
    }

    @Override
    double rate(double present, int group, int epoch) {
        int step = annealEpochs == 0 ? Math.max(1, epoch) : epoch;
        double before = share(step - 1);
        double now = share(step);
        // What the rate was before any of it was blended with the constant one.
        double own = before == 1 ? swaLr : (present - before * swaLr) / (1 - before);
        return swaLr * now + own * (1 - now);
    }
}
