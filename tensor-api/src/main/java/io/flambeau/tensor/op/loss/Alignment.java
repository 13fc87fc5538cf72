package io.flambeau.tensor.op.loss;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.Op;
import java.util.Arrays;

/**
 * All ways in which one sample's target can be spelled over time, with their probabilities (in logarithms). The labels
 * are the target with a blank before, between and after its elements.
 */
final class Alignment {
    private static final double NOTHING = Double.NEGATIVE_INFINITY;

    private final double[] logs;
    private final int start;
    private final int stride;
    private final int classes;
    private final int times;
    private final int[] labels;

    private Alignment(double[] logs, int start, int stride, int classes, int times, int[] labels) {
        this.logs = logs;
        this.start = start;
        this.stride = stride;
        this.classes = classes;
        this.times = times;
        this.labels = labels;
    }

    /** One for each sample; the inputs of the loss start at {@code first}. */
    static Alignment[] of(Op op, long blank, HostArray[] in, int first) {
        HostArray logs = in[first];
        int longest = (int) logs.shape().size(0);
        int samples = (int) logs.shape().size(1);
        int classes = (int) logs.shape().size(2);
        HostArray targets = in[first + 1];
        boolean padded = targets.shape().rank() == 2;
        Alignment[] all = new Alignment[samples];
        int next = 0;
        if (blank < 0 || blank >= classes) {
            throw new ArgumentException(
                    op.title(),
                    "blank is " + blank + "; it must be one of the " + classes + " classes",
                    Fault.BAD_ARGUMENT);
        }
        for (int n = 0; n < samples; n++) {
            int times = (int) in[first + 2].integers()[n];
            int length = (int) in[first + 3].integers()[n];
            int from = padded ? n * (int) targets.shape().size(1) : next;
            next += length;
            int room = padded ? (int) targets.shape().size(1) : targets.count() - from;
            if (times < 0 || times > longest || length < 0 || length > room) {
                throw new ArgumentException(
                        op.title(),
                        "sample " + n + " has inputLength " + times + " of " + longest + " and targetLength " + length
                                + " of " + room,
                        Fault.BAD_ARGUMENT);
            }
            int[] labels = new int[2 * length + 1];
            for (int s = 0; s < labels.length; s++) {
                labels[s] = (int) (s % 2 == 0 ? blank : targets.integers()[from + s / 2]);
                if (labels[s] < 0 || labels[s] >= classes) {
                    throw new ArgumentException(
                            op.title(),
                            "target " + labels[s] + " of sample " + n + " is not one of the " + classes + " classes",
                            Fault.BAD_ARGUMENT);
                }
            }
            all[n] = new Alignment(logs.reals(), n * classes, samples * classes, classes, times, labels);
        }
        return all;
    }

    private double log(int t, int s) {
        return logs[start + t * stride + labels[s]];
    }

    /** Whether label s can follow label s - 2: a blank between them may be left out. */
    private boolean skips(int s) {
        return s >= 2 && labels[s] != labels[s - 2];
    }

    private static double sum(double a, double b) {
        double greatest = Math.max(a, b);
        return greatest == NOTHING
                ? NOTHING
                : greatest + StrictMath.log(StrictMath.exp(a - greatest) + StrictMath.exp(b - greatest));
    }

    /** For each time and label, the probability of all beginnings that end there. */
    private double[][] beginnings() {
        double[][] alpha = new double[times][labels.length];
        for (int t = 0; t < times; t++) {
            for (int s = 0; s < labels.length; s++) {
                double before = t == 0 ? s < 2 ? 0 : NOTHING : alpha[t - 1][s];
                if (t > 0 && s > 0) {
                    before = sum(before, alpha[t - 1][s - 1]);
                    before = skips(s) ? sum(before, alpha[t - 1][s - 2]) : before;
                }
                alpha[t][s] = before + log(t, s);
            }
        }
        return alpha;
    }

    /** For each time and label, the probability of all endings that begin there. */
    private double[][] endings() {
        int last = labels.length - 1;
        double[][] beta = new double[times][labels.length];
        for (int t = times - 1; t >= 0; t--) {
            for (int s = last; s >= 0; s--) {
                double after = t == times - 1 ? s >= last - 1 ? 0 : NOTHING : beta[t + 1][s];
                if (t < times - 1 && s < last) {
                    after = sum(after, beta[t + 1][s + 1]);
                    after = s + 2 <= last && skips(s + 2) ? sum(after, beta[t + 1][s + 2]) : after;
                }
                beta[t][s] = after + log(t, s);
            }
        }
        return beta;
    }

    /** The logarithm of the probability of the target. */
    double likelihood() {
        return likelihood(beginnings());
    }

    private double likelihood(double[][] alpha) {
        int last = labels.length - 1;
        if (times == 0) {
            return last == 0 ? 0 : NOTHING;
        }
        double end = alpha[times - 1][last];
        return last == 0 ? end : sum(end, alpha[times - 1][last - 1]);
    }

    /** Writes this sample's part of the gradient [T, N, C]. */
    void gradient(double g, double[] into) {
        if (g == 0) {
            return;
        }
        double[][] alpha = beginnings();
        double[][] beta = endings();
        double all = likelihood(alpha);
        double[] through = new double[classes];
        for (int t = 0; t < times; t++) {
            Arrays.fill(through, NOTHING);
            for (int s = 0; s < labels.length; s++) {
                through[labels[s]] = sum(through[labels[s]], alpha[t][s] + beta[t][s]);
            }
            for (int c = 0; c < classes; c++) {
                int at = start + t * stride + c;
                into[at] = g * (StrictMath.exp(logs[at]) - StrictMath.exp(through[c] - all - logs[at]));
            }
        }
    }
}
