package io.flambeau.cli.gpu;

import io.flambeau.cli.bench.Sibling;
import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.TensorException;
import java.io.File;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a device stage by stage, each in a process of its own, so that one that breaks or hangs costs its own result
 * only. The result file is replaced as a whole after each stage.
 *
 * @param device its name
 * @param stages which of {@link #STAGES}
 * @param every of the kit, only each so manieth operation
 * @param only the part of a name that a measured row must have
 * @param golden a folder of golden cases, or a zip of one, or null
 * @param python a command that runs a Python
 * @param seconds how long each side works for a row
 * @param minutes how long a stage may take
 * @param file where the result goes
 */
public record Check(
        String device,
        List<String> stages,
        int every,
        String only,
        @Nullable Path golden,
        String python,
        double seconds,
        double minutes,
        Path file) {
    /** All stages, in their order. */
    public static final List<String> STAGES =
            List.of("devices", "driver", "kit", "bench", "tf32", "golden", "sanitizer");

    /** The sanitizer slows a program down: it sees this part of the operations. */
    private static final int SANITIZED = 20;

    public Check {
        stages = List.copyOf(stages);
    }

    /** Runs the stages; whether all that could be run succeeded. */
    public boolean run(PrintStream out) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("flambeau-check");
        Map<String, Json> results = new LinkedHashMap<>();
        boolean good = true;
        try {
            for (String stage : STAGES) {
                if (stages.contains(stage)) {
                    Path report = scratch.resolve(stage + ".json");
                    List<String> command = command(stage, report, scratch);
                    out.println("== " + stage);
                    Stage done = command.isEmpty() ? Stage.MISSING : Stage.run(command, Math.round(60 * minutes), out);
                    good &= done.isGood();
                    results.put(stage, done.json(report(report)));
                    write(results);
                }
            }
        } finally {
            Pack.delete(scratch);
        }
        out.println("kept in " + file);
        return good;
    }

    /** The words that start a stage; none where it needs what is not there. */
    private List<String> command(String stage, Path report, Path scratch) throws IOException {
        return switch (stage) {
            case "devices" -> ours("devices", "--operations");
            case "driver" -> program("nvidia-smi").map(List::of).orElse(List.of());
            case "kit" -> kit(every, report);
            case "bench" -> bench("device", report);
            case "tf32" -> bench("tf32", report);
            case "golden" -> golden == null ? List.of() : ours("conformance", cases(scratch), "--device", device);
            default -> {
                Optional<String> sanitizer = program("compute-sanitizer");
                if (sanitizer.isEmpty()) {
                    yield List.of();
                }
                List<String> words = new ArrayList<>(List.of(sanitizer.get(), "--error-exitcode", "9"));
                words.addAll(kit(SANITIZED * every, report));
                yield words;
            }
        };
    }

    private static List<String> ours(String... words) {
        return Sibling.command(List.of(), words);
    }

    private List<String> kit(int part, Path report) {
        return ours("kit", "--device", device, "--every", Integer.toString(part), "--report", report.toString());
    }

    private List<String> bench(String group, Path report) {
        return ours(
                "bench",
                group,
                "--eager",
                "--device=" + device,
                "--only=" + only,
                "--python=" + python,
                "--seconds=" + seconds,
                "--out=" + report);
    }

    private String cases(Path scratch) throws IOException {
        Path place = Objects.requireNonNull(golden);
        if (Files.isDirectory(place)) {
            return place.toString();
        }
        Path folder = scratch.resolve("golden");
        Pack.unzip(place, folder);
        return folder.toString();
    }

    /** Where a program of NVIDIA's lies. */
    private static Optional<String> program(String name) {
        List<String> places =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
        Stream.of("CUDA_HOME", "CUDA_PATH")
                .map(System::getenv)
                .filter(place -> place != null && !place.isBlank())
                .forEach(place -> places.add(place + "/bin"));
        places.addAll(List.of("/usr/local/cuda/bin", "/usr/local/nvidia/bin"));
        return places.stream()
                .filter(place -> !place.isBlank())
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static @Nullable Json report(Path report) {
        try {
            return Files.exists(report) ? Json.parse(Source.of("gpu-check", report), Files.readString(report)) : null;
        } catch (IOException | TensorException e) {
            return new Json.Str("unreadable: " + e.getMessage());
        }
    }

    private void write(Map<String, Json> results) throws IOException {
        Map<String, Json> all = new LinkedHashMap<>();
        all.put(
                "date",
                new Json.Str(LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        all.put("device", new Json.Str(device));
        all.put("java", new Json.Str(Runtime.version().toString()));
        all.put("system", new Json.Str(System.getProperty("os.name") + " " + System.getProperty("os.version")));
        all.put("processors", Json.Num.of(Runtime.getRuntime().availableProcessors()));
        all.put("stages", new Json.Obj(results));
        byte[] text = new Json.Obj(all).toString().getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFile.write("gpu-check", file, channel -> channel.write(ByteBuffer.wrap(text)));
    }
}
