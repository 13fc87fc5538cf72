package io.flambeau.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** This process as the other side of one that measures: see Note [The peers' language]. */
public final class Serve {
    private Serve() {}

    /** Flambeau's work. */
    public static void run(InputStream in, PrintStream out) throws IOException {
        run(in, out, Flambeau.INSTANCE);
    }

    /** The work of some library, until the questions end. */
    public static void run(InputStream in, PrintStream out, Library library) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try (Local local = new Local(library)) {
            out.println("ready " + library.title());
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                out.println(answer(library, local, line.split("\t")));
            }
        }
    }

    private static String answer(Library library, Local local, String[] words) {
        if (words[0].equals("peak")) {
            return Long.toString(local.peak());
        }
        if (library.work(words[1]).isEmpty()) {
            return "unknown";
        }
        Case work = Case.small(
                words[1], Integer.parseInt(words[3]), library.work(words[1]).get());
        return switch (words[0]) {
            case "warm" ->
                "as " + local.warm(work, Double.parseDouble(words[2])).orElse("");
            case "run" ->
                Arrays.stream(local.run(work, Integer.parseInt(words[2])))
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(" "));
            default -> "unknown";
        };
    }
}
