package io.flambeau.cli.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** PyTorch in a process of its own, which does steps on demand, so that both sides can take turns. */
final class Peer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final Path script;
    private final String version;

    private Peer(Process process, Path script, BufferedReader answers, String version) {
        this.process = process;
        this.script = script;
        this.answers = answers;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.version = version;
    }

    /** Starts PyTorch with so many threads, if the command runs a Python that has it. */
    static Optional<Peer> start(String python, int threads) {
        try {
            Path script = Files.createTempFile("peer", ".py");
            try (InputStream source = Objects.requireNonNull(Peer.class.getResourceAsStream("peer.py"))) {
                Files.write(script, source.readAllBytes());
            }
            ProcessBuilder builder = new ProcessBuilder(python, script.toString(), Integer.toString(threads));
            // Spinning threads of the other side would be measured as ours on a small machine.
            builder.environment().put("GOMP_SPINCOUNT", "1000");
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String first = answers.readLine();
            if (first == null) {
                Files.deleteIfExists(script);
                return Optional.empty();
            }
            return Optional.of(new Peer(process, script, answers, first.replace("ready ", "")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String version() {
        return version;
    }

    /** The seconds of each of so many steps. */
    double[] steps(String workload, int count) {
        try {
            questions.write(workload + " " + count + "\n");
            questions.flush();
            return Arrays.stream(answers.readLine().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(script);
    }
}
