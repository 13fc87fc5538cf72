package io.flambeau.tensor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a {@link Profiler} saw.
 *
 * @param duration how long the work took
 * @param operations by operation, what took longest first
 * @param lines by line of the user's program, what took longest first
 * @param spans every call in the order in which they ended, up to {@link #MOST_SPANS}
 */
public record Profile(Duration duration, List<Total> operations, List<Total> lines, List<Span> spans) {
    /** How many calls are kept one by one; the totals are of all. */
    public static final int MOST_SPANS = 200_000;

    private static final int WIDTH = 44;

    /**
     * The sum over calls.
     *
     * @param name the operation or the line
     * @param calls how many
     * @param nanos in them, less what was spent in operations that they called
     * @param bytes of their results
     */
    public record Total(String name, long calls, long nanos, long bytes) {}

    /**
     * One call.
     *
     * @param operation its name
     * @param line the user's line that led to it
     * @param thread that ran it
     * @param start nanoseconds since the profile began
     * @param nanos how long it took, with the operations that it called
     * @param bytes of its results
     */
    public record Span(String operation, String line, String thread, long start, long nanos, long bytes) {}

    /** Both totals for people. Results of views share the bytes of their source. */
    public String table() {
        StringBuilder text = new StringBuilder();
        table(text, "operation", operations);
        table(text.append('\n'), "line", lines);
        return text.toString();
    }

    private static void table(StringBuilder text, String title, List<Total> totals) {
        long all = Math.max(1, totals.stream().mapToLong(Total::nanos).sum());
        text.append(String.format(
                Locale.ROOT, "%-" + WIDTH + "s %12s %7s %9s %10s%n", title, "time", "share", "calls", "bytes"));
        for (Total total : totals) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + WIDTH + "s %9.3f ms %5.1f %% %9d %7.1f MB%n",
                    total.name,
                    total.nanos / 1e6,
                    100.0 * total.nanos / all,
                    total.calls,
                    total.bytes / 1e6));
        }
    }

    @Override
    public String toString() {
        return table();
    }
}
