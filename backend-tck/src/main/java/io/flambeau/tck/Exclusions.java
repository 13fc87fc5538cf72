package io.flambeau.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a backend declares that it does not keep, with reasons: the resource {@code flambeau-tck/NAME.exclusions}, where
 * NAME is the backend's. A line is
 *
 * <pre>{@code LAW operation dtype: reason      # each of the three may be *}</pre>
 *
 * for example {@code REFERENCE erfinv float16: single precision series}. A line that matches nothing fails the kit, when all profiles are run.
 */
public final class Exclusions {
    private record Line(String law, String operation, String dtype, String reason, String text) {
        boolean matches(Law other, Case c) {
            return fits(law, other.name())
                    && fits(operation, c.op().title())
                    && fits(dtype, c.dtype().title());
        }

        private static boolean fits(String pattern, String name) {
            return pattern.equals("*") || pattern.equalsIgnoreCase(name);
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Set<Line> used = new HashSet<>();

    private Exclusions() {}

    /** Reads a backend's file by the class loader of the class that binds the kit; without a file nothing is excluded. */
    static Exclusions of(String backend, Class<?> binding) {
        Exclusions exclusions = new Exclusions();
        try (InputStream in = binding.getClassLoader().getResourceAsStream("flambeau-tck/" + backend + ".exclusions")) {
            if (in != null) {
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(exclusions::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exclusions;
    }

    private void add(String text) {
        int colon = text.indexOf(':');
        String[] words =
                colon < 0 ? new String[0] : text.substring(0, colon).strip().split("\\s+");
        if (words.length != 3 || text.substring(colon + 1).isBlank()) {
            throw new IllegalArgumentException("an exclusion is 'LAW operation dtype: reason', not '" + text + "'");
        }
        lines.add(
                new Line(words[0], words[1], words[2], text.substring(colon + 1).strip(), text));
    }

    /** The reason why a case is excluded from a law, if it is. */
    Optional<String> reason(Law law, Case c) {
        for (Line line : lines) {
            if (line.matches(law, c)) {
                used.add(line);
                return Optional.of(line.reason);
            }
        }
        return Optional.empty();
    }

    /** The lines that matched no case. */
    List<String> unused() {
        return lines.stream()
                .filter(line -> !used.contains(line))
                .map(Line::text)
                .toList();
    }

    /** All lines, for the report. */
    List<String> all() {
        return lines.stream().map(Line::text).toList();
    }
}
