package io.flambeau.backend.cuda;

import io.flambeau.backend.cuda.RecordingProvider.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compiles every program to PTX by nvcc, for {@link ShippedKernels}: {@code mvn -Pptx package} runs it before the jar is
 * made.
 */
public final class PtxMaker {
    /** What the oldest driver reads; our kernels need nothing newer than the architecture they are compiled for. */
    private static final String VERSION = ".version 8.0";

    private PtxMaker() {}

    /** Writes into the folder of classes that is named. */
    public static void main(String[] arguments) throws Exception {
        NvccTest.record();
        Path folder = Path.of(arguments[0], "io", "flambeau", "backend", "cuda", "ptx");
        Files.createDirectories(folder);
        List<Callable<Path>> tasks = new ArrayList<>();
        for (Map.Entry<String, Source> program : RecordingProvider.PROGRAMS.entrySet()) {
            Source source = program.getValue();
            tasks.add(() -> Files.writeString(
                    folder.resolve(ShippedKernels.name(source.text(), source.defines())),
                    ptx(program.getKey(), source)));
        }
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (Future<Path> done : workers.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            workers.shutdownNow();
        }
        Files.writeString(folder.resolve(ShippedKernels.INDEX), tasks.size() + " programs\n");
    }

    /** A program as PTX of an old version. */
    static String ptx(String title, Source source) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("flambeau-ptx");
        Path file = Files.writeString(folder.resolve("program.cu"), source.text());
        Path out = folder.resolve("program.ptx");
        List<String> command = new ArrayList<>(List.of(
                "nvcc",
                "-w",
                "-ptx",
                "-arch=compute_" + ShippedKernels.ARCHITECTURE,
                "-fmad=false",
                "-o",
                out.toString(),
                file.toString()));
        source.defines().forEach(define -> command.add("-D" + define));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(title + ": " + output);
        }
        String ptx = Files.readString(out).replaceFirst("(?m)^\\.version \\d+\\.\\d+", VERSION);
        Files.delete(file);
        Files.delete(out);
        Files.delete(folder);
        return ptx;
    }
}
