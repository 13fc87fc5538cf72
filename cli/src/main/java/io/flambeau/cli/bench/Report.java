package io.flambeau.cli.bench;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.Device;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows as a table that grows while they are measured, and as JSON. */
final class Report {
    private final PrintStream out;
    private final Map<String, String> about = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Json> failures = new LinkedHashMap<>();

    /**
     * @param other what is measured against, empty for nothing
     */
    Report(PrintStream out, Device device, int threads, String other, Limits limits) {
        this.out = out;
        about.put("date", LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
        about.put("commit", commit());
        about.put("machine", machine());
        about.put("device", device.toString());
        about.put("threads", Integer.toString(threads));
        about.put("java", Runtime.version().toString());
        about.put("other", other);
        about.put("limits", limits.toString());
        about.forEach((key, value) -> out.println(key + ": " + value));
    }

    /** The commit of the folder that the command runs in, marked where files differ from it; empty outside of Git. */
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String machine() {
        String model = System.getProperty("os.arch");
        try {
            model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(model);
        } catch (IOException e) {
            // Other systems than Linux keep the architecture.
        }
        return model + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name");
    }

    void header(String group) {
        out.println();
        out.println(String.format(
                Locale.ROOT, "%-58s %10s %10s %6s %6s %9s", group, "ours", "PyTorch", "ratio", "limit", "heap"));
    }

    void add(Row row) {
        rows.add(row);
        out.println(text(row));
    }

    /** Notes that a row could not be measured. */
    void fail(String name, String why) {
        failures.put(name, new Json.Str(why));
        out.println(name + ": " + why);
    }

    static String text(Row row) {
        return String.format(
                        Locale.ROOT,
                        "%-58s %10s %10s %6s %6s %9s  %s",
                        row.name(),
                        row.unit().text(row.ours()),
                        row.isCompared() ? row.unit().text(row.best()) : "",
                        row.isCompared() ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "",
                        row.share() > 0 ? String.format(Locale.ROOT, "%.0f %%", 100 * row.share()) : "",
                        row.allocated() < 0 ? "" : row.allocated() + " B",
                        ways(row))
                .stripTrailing();
    }

    /** The way that the best figure was had, and the figures of the others. */
    private static String ways(Row row) {
        return row.ways().stream()
                .map(way -> way.getValue() == row.best()
                        ? way.getKey()
                        : way.getKey() + " " + row.unit().text(way.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** The geometric mean of a group's ratios, if anything was compared. */
    Optional<Double> mean(String group) {
        double[] ratios = rows.stream()
                .filter(row -> row.group().equals(group) && row.isCompared())
                .mapToDouble(Row::ratio)
                .toArray();
        return ratios.length == 0 ? Optional.empty() : Optional.of(Statistics.geometricMean(ratios));
    }

    void footer(String group) {
        mean(group)
                .ifPresent(mean -> out.println(
                        String.format(Locale.ROOT, "%-58s %10s %10s %6.2f", "geometric mean", "", "", mean)));
    }

    /** Writes all of it, or nothing. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] text = json().toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write("bench", file, channel -> channel.write(ByteBuffer.wrap(text)));
    }

    Json json() {
        Map<String, Json> members = new LinkedHashMap<>();
        about.forEach((key, value) -> members.put(key, new Json.Str(value)));
        members.put("rows", new Json.Arr(rows.stream().map(Report::json).toList()));
        if (!failures.isEmpty()) {
            members.put("failures", new Json.Obj(failures));
        }
        return new Json.Obj(members);
    }

    private static Json json(Row row) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("group", new Json.Str(row.group()));
        members.put("name", new Json.Str(row.name()));
        members.put("unit", new Json.Str(row.unit().name().toLowerCase(Locale.ROOT)));
        members.put("ours", Json.Num.of(row.ours()));
        if (row.isCompared()) {
            members.put("theirs", Json.Num.of(row.best()));
            members.put("ratio", Json.Num.of(row.ratio()));
            Map<String, Json> ways = new LinkedHashMap<>();
            row.ways().forEach(way -> ways.put(way.getKey(), Json.Num.of(way.getValue())));
            members.put("ways", new Json.Obj(ways));
        }
        if (row.share() > 0) {
            members.put("share", Json.Num.of(row.share()));
        }
        if (row.allocated() >= 0) {
            members.put("allocated", Json.Num.of(row.allocated()));
        }
        return new Json.Obj(members);
    }
}
