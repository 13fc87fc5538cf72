package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;
import io.flambeau.optim.ParamGroup;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lowers the rate when a metric has stopped improving. */
public final class ReduceLrOnPlateau {
    /**
     * When and how far the rate falls.
     *
     * @param max whether a greater metric is better
     * @param factor what the rate is multiplied by
     * @param patience epochs without improvement that are tolerated
     * @param threshold the improvement that counts
     * @param relative whether the threshold is a share of the best value
     * @param cooldown epochs after a reduction in which nothing is counted
     * @param minLr the rate never falls below this
     * @param eps a smaller change of the rate is not made
     */
    public record Options(
            boolean max,
            double factor,
            int patience,
            double threshold,
            boolean relative,
            int cooldown,
            double minLr,
            double eps) {
        public Options max(boolean on) {
            return new Options(on, factor, patience, threshold, relative, cooldown, minLr, eps);
        }

        public Options factor(double f) {
            return new Options(max, f, patience, threshold, relative, cooldown, minLr, eps);
        }

        public Options patience(int n) {
            return new Options(max, factor, n, threshold, relative, cooldown, minLr, eps);
        }

        public Options threshold(double t, boolean isRelative) {
            return new Options(max, factor, patience, t, isRelative, cooldown, minLr, eps);
        }

        public Options cooldown(int n) {
            return new Options(max, factor, patience, threshold, relative, n, minLr, eps);
        }

        public Options minLr(double lr) {
            return new Options(max, factor, patience, threshold, relative, cooldown, lr, eps);
        }
    }

    /** A tenth after ten epochs without an improvement of 0.01 %. */
    public static Options options() {
        return new Options(false, 0.1, 10, 1e-4, true, 0, 0, 1e-8);
    }

    private final Optimizer optimizer;
    private final Options options;
    private double best;
    private int bad;
    private int cooling;

    public ReduceLrOnPlateau(Optimizer optimizer, Options options) {
        this.optimizer = optimizer;
        this.options = options;
        this.best = options.max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** Looks at the metric of an epoch. */
    public void step(double metric) {
        if (isBetter(metric)) {
            best = metric;
            bad = 0;
        } else {
            bad++;
        }
        if (cooling > 0) {
            cooling--;
            bad = 0;
        }
        if (bad > options.patience) {
            for (ParamGroup group : optimizer.groups()) {
                double lr = Math.max(group.lr() * options.factor, options.minLr);
                if (group.lr() - lr > options.eps) {
                    group.lr(lr);
                }
            }
            cooling = options.cooldown;
            bad = 0;
        }
    }

    private boolean isBetter(double metric) {
        double margin = options.relative ? Math.abs(best) * options.threshold : options.threshold;
        if (Double.isInfinite(best)) {
            margin = 0;
        }
        return options.max ? metric > best + margin : metric < best - margin;
    }

    /** Numbers that go into a checkpoint. */
    public Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("best", best);
        state.put("bad", (long) bad);
        state.put("cooling", (long) cooling);
        return state;
    }

    /** Goes on where {@link #state} was taken. */
    public void load(Map<String, ?> state) {
        best = LrScheduler.number(state, "best");
        bad = (int) LrScheduler.number(state, "bad");
        cooling = (int) LrScheduler.number(state, "cooling");
    }
}
