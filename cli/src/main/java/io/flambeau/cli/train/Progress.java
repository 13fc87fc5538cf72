package io.flambeau.cli.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A progress bar on a terminal; elsewhere a plain line now and then. */
final class Progress {
    private static final int WIDTH = 24;
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final String title;
    private final int steps;
    private final int first;
    private final long start = System.nanoTime();
    private long last = start;
    private int samples;
    private double loss;
    private double correct;
    private int resumed;

    /**
     * @param title stands before the bar, for example {@code epoch 1/3}
     * @param first the step that the bar begins with, not 0 after a resume
     */
    Progress(PrintStream out, String title, int first, int steps) {
        this.out = out;
        this.terminal = System.console() != null && System.console().isTerminal() && System.getenv("CI") == null;
        this.title = title;
        this.steps = steps;
        this.first = first;
    }

    /** Notes a step of so many samples, and shows it if it is time. */
    void step(int done, int count, double batchLoss, int right) {
        samples += count;
        loss += batchLoss * count;
        correct += right;
        long now = System.nanoTime();
        if (now - last > (terminal ? TERMINAL_NANOS : PLAIN_NANOS) || terminal && done == steps) {
            last = now;
            show(done, (now - start) / 1e9);
        }
    }

    /** The sums so far, which go into a checkpoint. */
    List<Double> sums() {
        return List.of((double) samples, loss, correct);
    }

    /** Takes over the sums of an epoch that was stopped. */
    void resume(List<?> sums) {
        samples = ((Number) sums.get(0)).intValue();
        loss = ((Number) sums.get(1)).doubleValue();
        correct = ((Number) sums.get(2)).doubleValue();
        resumed = samples;
    }

    double loss() {
        return loss / samples;
    }

    double accuracy() {
        return correct / samples;
    }

    double samplesPerSecond() {
        return (samples - resumed) / (nanos() / 1e9);
    }

    /** The time since this bar began. */
    long nanos() {
        return System.nanoTime() - start;
    }

    private void show(int done, double seconds) {
        int filled = (int) ((long) WIDTH * done / steps);
        double left = seconds / (done - first) * (steps - done);
        String line = String.format(
                Locale.ROOT,
                "%s [%s%s] %d/%d  loss %.4f  accuracy %.4f  %.0f samples/s  %s left",
                title,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                steps,
                loss(),
                accuracy(),
                (samples - resumed) / seconds,
                time(left));
        if (terminal) {
            out.print("\r" + line + "\u001b[K");
            out.flush();
        } else {
            out.println(line);
        }
    }

    private static String time(double seconds) {
        long s = Math.round(seconds);
        return s < 60 ? s + " s" : s / 60 + " min " + s % 60 + " s";
    }

    /** Ends the bar's line. */
    void end() {
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
