package io.flambeau.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** This process as the other side of one that measures: see Note [The peers' language]. */
public final class Serve {
    private Serve() {}

    public static void run(InputStream in, PrintStream out) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try (Local local = new Local()) {
            out.println("ready");
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                out.println(answer(local, line.split("\t")));
            }
        }
    }

    private static String answer(Local local, String[] words) {
        if (words[0].equals("peak")) {
            return Long.toString(local.peak());
        }
        Optional<Case> work = find(words[1]);
        if (work.isEmpty()) {
            return "unknown";
        }
        return switch (words[0]) {
            case "warm" ->
                "as " + local.warm(work.get(), Double.parseDouble(words[2])).orElse("");
            case "run" ->
                Arrays.stream(local.run(work.get(), Integer.parseInt(words[2])))
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(" "));
            default -> "unknown";
        };
    }

    private static Optional<Case> find(String name) {
        return Stream.of(Group.values())
                .flatMap(group -> group.cases().stream())
                .filter(work -> work.name().equals(name))
                .findFirst();
    }
}
