package io.flambeau.cli.gpu;

import io.flambeau.io.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What came of a process.
 *
 * @param end how it ended: {@code passed}, {@code failed (1)}, {@code stopped after 600 s}, {@code not there}
 * @param seconds how long it took
 * @param output the last lines that it printed
 */
record Stage(String end, double seconds, List<String> output) {
    private static final int LINES = 400;
    private static final String PASSED = "passed";

    /** A stage that needs what this machine lacks. */
    static final Stage MISSING = new Stage("not there", 0, List.of());

    /** Runs a command to its end, or until its time is over; shows what it prints. */
    static Stage run(List<String> command, long limit, PrintStream out) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Deque<String> lines = new ArrayDeque<>();
        Thread reader = Thread.ofPlatform().start(() -> read(process, lines, out));
        boolean ended = process.waitFor(limit, TimeUnit.SECONDS);
        if (!ended) {
            // The parent first: a shell that outlives its child goes on to its next line.
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly().waitFor();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        reader.join();
        String end = !ended
                ? "stopped after " + limit + " s"
                : process.exitValue() == 0 ? PASSED : "failed (" + process.exitValue() + ")";
        out.println(end);
        synchronized (lines) {
            return new Stage(end, (System.nanoTime() - start) / 1e9, List.copyOf(lines));
        }
    }

    private static void read(Process process, Deque<String> lines, PrintStream out) {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(line);
                synchronized (lines) {
                    if (lines.size() == LINES) {
                        lines.removeFirst();
                    }
                    lines.addLast(line);
                }
            }
        } catch (IOException e) {
            // The process was stopped.
        }
    }

    /** Whether it did what it should, or could not be asked to. */
    boolean isGood() {
        return end.equals(PASSED) || equals(MISSING);
    }

    /** With the report that it wrote, if it wrote one. */
    Json json(@Nullable Json report) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("end", new Json.Str(end));
        members.put("seconds", Json.Num.of(seconds));
        if (report != null) {
            members.put("report", report);
        }
        members.put(
                "output", new Json.Arr(output.stream().<Json>map(Json.Str::new).toList()));
        return new Json.Obj(members);
    }
}
