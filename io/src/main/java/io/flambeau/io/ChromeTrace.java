package io.flambeau.io;

import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.Profile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /** Writes the calls of a profile. The file appears when it is complete. */
    public static void write(Profile profile, Path file) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "trace", ".part");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(part)) {
                write(profile, out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The same as text. */
    static void write(Profile profile, Appendable out) throws IOException {
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
