package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;

/**
 * One rise and one fall over the whole training, stepped after every batch (Smith and Topin, <em>Super-convergence</em>,
 * 2017): from {@code maxLr / divFactor} up to {@code maxLr} and down to the start divided by {@code finalDivFactor},
 * with the momentum the other way.
 */
public final class OneCycleLr extends LrScheduler {
    /**
     * How the rate runs.
     *
     * @param pctStart the share of the steps in which it rises
     * @param cosine whether it follows a cosine, else straight lines
     * @param threePhase whether it falls to the start first and to the end in a third phase
     */
    public record Options(
            double maxLr,
            int totalSteps,
            double pctStart,
            boolean cosine,
            boolean cycleMomentum,
            double baseMomentum,
            double maxMomentum,
            double divFactor,
            double finalDivFactor,
            boolean threePhase) {
        public Options pctStart(double share) {
            return new Options(
                    maxLr,
                    totalSteps,
                    share,
                    cosine,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    threePhase);
        }

        public Options linear() {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    false,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    threePhase);
        }

        public Options cycleMomentum(boolean on) {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    cosine,
                    on,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    threePhase);
        }

        public Options momentum(double base, double max) {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    cosine,
                    cycleMomentum,
                    base,
                    max,
                    divFactor,
                    finalDivFactor,
                    threePhase);
        }

        public Options threePhase(boolean on) {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    cosine,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    divFactor,
                    finalDivFactor,
                    on);
        }

        public Options factors(double div, double finalDiv) {
            return new Options(
                    maxLr,
                    totalSteps,
                    pctStart,
                    cosine,
                    cycleMomentum,
                    baseMomentum,
                    maxMomentum,
                    div,
                    finalDiv,
                    threePhase);
        }
    }

    public static Options options(double maxLr, int totalSteps) {
        return new Options(maxLr, totalSteps, 0.3, true, true, 0.85, 0.95, 25, 1e4, false);
    }

    private final Options options;

    public OneCycleLr(Optimizer optimizer, Options options) {
        super(optimizer);
        this.options = options;
        for (int i = 0; i < groups().size(); i++) {
            base(i, options.maxLr / options.divFactor);
        }
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        double initial = options.maxLr / options.divFactor;
        double last = initial / options.finalDivFactor;
        double up = options.pctStart * options.totalSteps - 1;
        double[] ends = options.threePhase
                ? new double[] {up, 2 * up, options.totalSteps - 1}
                : new double[] {up, options.totalSteps - 1};
        double[] rates = options.threePhase
                ? new double[] {initial, options.maxLr, initial, last}
                : new double[] {initial, options.maxLr, last};
        double[] momenta = options.threePhase
                ? new double[] {options.maxMomentum, options.baseMomentum, options.maxMomentum, options.maxMomentum}
                : new double[] {options.maxMomentum, options.baseMomentum, options.maxMomentum};
        double start = 0;
        int phase = 0;
        while (phase < ends.length - 1 && epoch > ends[phase]) {
            start = ends[phase++];
        }
        double share = (epoch - start) / (ends[phase] - start);
        if (options.cycleMomentum) {
            Momentum.set(groups().get(group), between(momenta[phase], momenta[phase + 1], share));
        }
        return between(rates[phase], rates[phase + 1], share);
    }

    private double between(double from, double to, double share) {
        return options.cosine ? to + (from - to) / 2 * (1 + Math.cos(Math.PI * share)) : from + (to - from) * share;
    }
}
