package io.flambeau.cli.bench;

import io.flambeau.tensor.Device;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Another process as one side, which works on demand.
 *
 * <p>Note [The peers' language]: a line a question, its words set off by tabs; a line an answer. The greeting is
 * {@code ready} and what the table calls the side. {@code warm NAME SECONDS TIMES} is answered by {@code as HOW}, or {@code unknown}; {@code run
 * NAME COUNT TIMES} by the seconds of each; {@code peak} by the bytes of memory.
 */
final class Peer implements Side {
    private static final List<String> SCRIPTS = List.of("peer.py", "models.py", "operations.py", "large.py");

    private static final String READY = "ready ";

    /** What libtorch has on its class path beside our own. */
    private static final String LIBTORCH = "flambeau.libtorch";

    private final String title;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private Peer(String title, Process process, BufferedReader answers) {
        this.title = title;
        this.process = process;
        this.answers = answers;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts PyTorch, if the command runs a Python that has it.
     *
     * @param threads how many it may use
     * @param compiled whether it may also compile, and then takes the faster way
     * @param device where it works if it has the like, else on the processor
     */
    static Optional<Side> python(String command, int threads, boolean compiled, Device device) {
        try {
            Path folder = Files.createTempDirectory("flambeau-bench");
            folder.toFile().deleteOnExit(); // registered first, deleted last
            for (String script : SCRIPTS) {
                try (InputStream source = Objects.requireNonNull(Peer.class.getResourceAsStream(script))) {
                    Files.write(folder.resolve(script), source.readAllBytes());
                }
                folder.resolve(script).toFile().deleteOnExit();
            }
            ProcessBuilder builder = new ProcessBuilder(
                    command,
                    "-B",
                    folder.resolve("peer.py").toString(),
                    Integer.toString(threads),
                    compiled ? "compiled" : "eager",
                    device.backend().equals("cuda") ? device.toString() : "cpu");
            return start(builder);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Starts Flambeau in a process of its own, with this one's flags and some more. */
    static Optional<Side> java(List<String> flags) {
        return start(new ProcessBuilder(Sibling.command(flags, "bench", "serve")));
    }

    /** Starts libtorch, if the launcher found what {@code -Plibtorch} builds. */
    static Optional<Side> libtorch(int threads) {
        return Optional.ofNullable(System.getProperty(LIBTORCH)).flatMap(classPath -> {
            ProcessBuilder builder = new ProcessBuilder(Sibling.program(classPath, "io.flambeau.libtorch.Main"));
            builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
            return start(builder);
        });
    }

    /** The libraries that share work among threads by OpenMP may not spin: on a small machine that would be measured as ours. */
    private static Optional<Side> start(ProcessBuilder builder) {
        builder.environment().put("GOMP_SPINCOUNT", "1000");
        try {
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String first = answers.readLine();
            return first == null || !first.startsWith(READY)
                    ? Optional.empty()
                    : Optional.of(new Peer(first.substring(READY.length()), process, answers));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Optional<String> warm(Case work, double seconds) {
        String answer = ask("warm", work.name(), seconds, work.times());
        return answer.startsWith("as ") ? Optional.of(answer.substring("as ".length())) : Optional.empty();
    }

    @Override
    public double[] run(Case work, int count) {
        String answer = ask("run", work.name(), count, work.times());
        return Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Override
    public long peak() {
        return Long.parseLong(ask("peak"));
    }

    private String ask(Object... words) {
        try {
            questions.write(
                    String.join("\t", Arrays.stream(words).map(Object::toString).toList()));
            questions.write('\n');
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException(title + " ended while asked: " + Arrays.toString(words));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
