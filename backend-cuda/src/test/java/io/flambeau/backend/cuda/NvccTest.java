package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tck.Input;
import io.flambeau.tck.OpSamples;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * NVIDIA's compiler and assembler take every program that any operation of the kit asks for, and no kernel spills
 * registers. Skipped where nvcc is missing, which needs no GPU.
 */
class NvccTest {
    private static final List<Integer> ARCHITECTURES = List.of(75, 80, 90);
    private static final DType[] DTYPES = {DType.BOOL, DType.I64, DType.F16, DType.F32, DType.F64, DType.C64, DType.C128
    };

    @TempDir
    Path folder;

    @Test
    void aFifthOfTheProgramsCompileEachForAnArchitecture() throws Exception {
        check(5);
    }

    @Test
    @Tag("full")
    void everyProgramCompilesForEveryArchitecture() throws Exception {
        check(1);
    }

    private void check(int step) throws Exception {
        if (!run("nvcc", "--version").contains("release")) {
            throw new TestAbortedException("skipped: there is no nvcc on this machine");
        }
        record();
        assertThat(RecordingProvider.PROGRAMS).hasSizeGreaterThan(40);
        List<Callable<String>> tasks = new ArrayList<>();
        List<String> titles = List.copyOf(RecordingProvider.PROGRAMS.keySet());
        for (int i = 0; i < titles.size(); i += step) {
            int number = i;
            String title = titles.get(i);
            for (int architecture :
                    step == 1 ? ARCHITECTURES : List.of(ARCHITECTURES.get(i / step % ARCHITECTURES.size()))) {
                tasks.add(() -> compile(number, title, RecordingProvider.PROGRAMS.get(title), architecture));
            }
        }
        List<String> problems = new ArrayList<>();
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (Future<String> result : workers.invokeAll(tasks)) {
                if (!result.get().isEmpty()) {
                    problems.add(result.get());
                }
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(problems).isEmpty();
    }

    /** Calls every sample on a device that only notes what it would compile; results do not matter. */
    static void record() {
        Device device = new Device(RecordingProvider.NAME, 0);
        for (Sample sample : OpSamples.all()) {
            for (DType dtype : DTYPES) {
                try (Scope _ = Scope.open("sample")) {
                    Tensor[] in = sample.inputs().stream()
                            .map(input -> zeros(input, dtype, device))
                            .toArray(Tensor[]::new);
                    Tensor.bindAll(sample.maker().of(dtype, device), in);
                } catch (RuntimeException _) {
                    // Not defined for this dtype, or for zeros.
                }
            }
        }
    }

    private static Tensor zeros(Input input, DType dtype, Device device) {
        long[] sizes = new long[input.shape().rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = input.shape().size(i);
        }
        return Tensors.withDevice(device, () -> Tensors.zeros(input.role().of(dtype), sizes));
    }

    /** What is wrong with a program, or nothing. */
    private String compile(int number, String title, RecordingProvider.Source source, int architecture)
            throws IOException {
        Path file = folder.resolve(number + "-" + architecture + ".cu");
        Files.writeString(file, source.text());
        List<String> command = new ArrayList<>(List.of(
                "nvcc",
                "-cubin",
                "-arch=sm_" + architecture,
                "-fmad=false",
                "-Xptxas",
                "-v",
                "-o",
                file + ".cubin",
                file.toString()));
        source.defines().forEach(define -> command.add("-D" + define));
        String output = run(command.toArray(String[]::new));
        List<String> spills = output.lines()
                .filter(line -> line.contains("spill stores") && !line.contains(" 0 bytes spill stores, 0 bytes"))
                .toList();
        if (!Files.exists(Path.of(file + ".cubin"))) {
            return title + " for sm_" + architecture + ": " + output;
        }
        return spills.isEmpty() ? "" : title + " for sm_" + architecture + ": " + spills;
    }

    /** The output of a command, or nothing if there is no such command. */
    private static String run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }
}
