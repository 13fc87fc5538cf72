package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;
import io.flambeau.optim.ParamGroup;

/**
 * Leads the rate up and down between two bounds (Smith, <em>Cyclical learning rates</em>, 2015), stepped after every
 * batch; the momentum may run the other way.
 */
public final class CyclicLr extends LrScheduler {
    /** What becomes of the height of later cycles. */
    public enum Mode {
        TRIANGULAR,
        /** Half as high each cycle. */
        TRIANGULAR2,
        /** gamma to the power of the number of steps. */
        EXP_RANGE
    }

    /**
     * How the rate cycles.
     *
     * @param baseLr the lower bound
     * @param maxLr the upper bound
     * @param stepsUp steps from the lower to the upper
     * @param stepsDown steps back
     * @param cycleMomentum whether momentum (or the first beta) runs from {@code maxMomentum} to {@code baseMomentum}
     */
    public record Options(
            double baseLr,
            double maxLr,
            int stepsUp,
            int stepsDown,
            Mode mode,
            double gamma,
            boolean cycleMomentum,
            double baseMomentum,
            double maxMomentum) {
        public Options stepsDown(int n) {
            return new Options(baseLr, maxLr, stepsUp, n, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
        }

        public Options mode(Mode m, double g) {
            return new Options(baseLr, maxLr, stepsUp, stepsDown, m, g, cycleMomentum, baseMomentum, maxMomentum);
        }

        public Options momentum(double base, double max) {
            return new Options(baseLr, maxLr, stepsUp, stepsDown, mode, gamma, cycleMomentum, base, max);
        }

        public Options cycleMomentum(boolean on) {
            return new Options(baseLr, maxLr, stepsUp, stepsDown, mode, gamma, on, baseMomentum, maxMomentum);
        }
    }

    public static Options options(double baseLr, double maxLr, int stepsUp) {
        return new Options(baseLr, maxLr, stepsUp, stepsUp, Mode.TRIANGULAR, 1, true, 0.8, 0.9);
    }

    private final Options options;

    public CyclicLr(Optimizer optimizer, Options options) {
        super(optimizer);
        this.options = options;
        for (int i = 0; i < groups().size(); i++) {
            base(i, options.baseLr);
        }
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        double total = options.stepsUp + options.stepsDown;
        double share = options.stepsUp / total;
        double cycle = Math.floor(1 + epoch / total);
        double x = 1 + epoch / total - cycle;
        double height = x <= share ? x / share : (x - 1) / (share - 1);
        double scale = switch (options.mode) {
            case TRIANGULAR -> 1;
            case TRIANGULAR2 -> 1 / Math.pow(2, cycle - 1);
            case EXP_RANGE -> Math.pow(options.gamma, epoch);
        };
        if (options.cycleMomentum) {
            ParamGroup g = groups().get(group);
            Momentum.set(g, options.maxMomentum - (options.maxMomentum - options.baseMomentum) * height * scale);
        }
        return base(group) + (options.maxLr - base(group)) * height * scale;
    }
}
