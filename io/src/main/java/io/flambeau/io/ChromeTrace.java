package io.flambeau.io;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Profile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Profiles as traces that chrome://tracing and ui.perfetto.dev show: the JSON object form of the Trace Event Format,
 * times in microseconds.
 *
 * <pre>{@code
 * ChromeTrace.write(Profiler.of(() -> step()), Path.of("trace.json"));
 * }</pre>
 */
public final class ChromeTrace {
    private ChromeTrace() {}

    /**
     * Writes the calls of a profile, replacing the file in one step.
     *
     * @throws FormatException if the file cannot be written; the old one, if any, is then as it was
     */
    public static void write(Profile profile, Path file) {
        AtomicFile.write("ChromeTrace.write", file, channel -> {
            BufferedWriter out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            write(profile, out);
            out.flush();
        });
    }

    /** The same as text. */
    private static void write(Profile profile, Appendable out) throws IOException {
        Map<String, Integer> threads = new LinkedHashMap<>();
        String separator = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n";
        for (Profile.Span span : profile.spans()) {
            int thread = threads.computeIfAbsent(span.thread(), _ -> threads.size() + 1);
            out.append(separator)
                    .append("{\"name\":" + Json.quoted(span.operation())
                            + ",\"cat\":\"operation\",\"ph\":\"X\",\"pid\":1")
                    .append(",\"tid\":" + thread + ",\"ts\":" + span.start() / 1e3 + ",\"dur\":" + span.nanos() / 1e3)
                    .append(",\"args\":{\"line\":" + Json.quoted(span.line()) + ",\"bytes\":" + span.bytes() + "}}");
            separator = ",\n";
        }
        for (Map.Entry<String, Integer> thread : threads.entrySet()) {
            out.append(separator)
                    .append("{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":" + thread.getValue())
                    .append(",\"args\":{\"name\":" + Json.quoted(thread.getKey()) + "}}");
        }
        out.append(threads.isEmpty() ? separator : "").append("\n]}\n");
    }
}
