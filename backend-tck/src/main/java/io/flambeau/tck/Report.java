package io.flambeau.tck;

import io.flambeau.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** How many cases of each law passed, failed or were excluded; written to the file that flambeau.tck.report names. */
final class Report {
    private record Count(int passed, int failed, int excluded) {}

    private final Map<Law, Count> counts = new EnumMap<>(Law.class);

    void count(Law law, int passed, int failed, int excluded) {
        counts.merge(
                law,
                new Count(passed, failed, excluded),
                (a, b) -> new Count(a.passed + b.passed, a.failed + b.failed, a.excluded + b.excluded));
    }

    void write(Device device, Exclusions exclusions) {
        String file = System.getProperty("flambeau.tck.report", "");
        if (file.isBlank()) {
            return;
        }
        StringBuilder text = new StringBuilder("conformance of " + device + "\n");
        counts.forEach((law, n) -> text.append(
                "%s: %d passed, %d failed, %d excluded%n".formatted(law.describe(), n.passed, n.failed, n.excluded)));
        exclusions.all().forEach(line -> text.append("excluded: ").append(line).append('\n'));
        exclusions
                .unused()
                .forEach(line -> text.append("excluded, but nothing matches: ")
                        .append(line)
                        .append('\n'));
        try {
            Files.writeString(Path.of(file), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
