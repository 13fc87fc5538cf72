package io.flambeau.cli;

import io.flambeau.cli.train.Settings;
import io.flambeau.cli.train.Training;
import io.flambeau.io.ChromeTrace;
import io.flambeau.tck.Shadow;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Profile;
import io.flambeau.tensor.Profiler;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains a network that reads digits. */
final class Train implements Command {
    static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String summary() {
        return "trains a network on digits: its own drawings, or the MNIST files of a folder";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("data", "DIR", "a folder with the four IDX files of MNIST; without it digits are drawn"),
                new Option("epochs", "N", "how often to go through the training pictures, 3"),
                new Option("batch", "N", "pictures in a step, 64"),
                new Option("lr", "X", "the greatest learning rate, 0.003"),
                new Option("workers", "N", "threads that read pictures ahead, 2; the results do not depend on it"),
                new Option("seed", "N", "two runs of one seed are equal bit for bit; 1"),
                new Option("out", "DIR", "where the run's files go, runs/<time>"),
                new Option("resume", "FILE", "goes on from a checkpoint as if never stopped"),
                new Option("save-every", "N", "steps between checkpoints within an epoch"),
                new Option("stop-after", "N", "stops after that many steps with a checkpoint"),
                new Option("profile", "FILE", "writes a trace for chrome://tracing, and prints where the time went"),
                new Option("device", "DEVICE", "where to train, for example cpu or opencl:0; the default device"),
                Option.flag(
                        "shadow", "also runs every operation on the reference backend, and stops where they differ"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException {
        Path resume = arguments.path("resume").orElse(null);
        Path folder = arguments
                .path("out")
                .orElseGet(() -> resume != null && resume.getParent() != null
                        ? resume.getParent()
                        : Path.of("runs", LocalDateTime.now().format(NAME)));
        Settings settings = new Settings(
                arguments.path("data").orElse(null),
                positive(arguments, "epochs", 3),
                positive(arguments, "batch", 64),
                arguments.number("lr", 0.003),
                arguments.integer("workers", 2),
                arguments.integer("seed", 1L),
                folder,
                resume,
                arguments.integer("save-every", 0),
                arguments.integer("stop-after", 0));
        Device device = arguments.text("device").map(Device::of).orElseGet(Tensors::defaultDevice);
        try {
            Tensors.withDevice(device, () -> {
                Runnable work = profiled(arguments.path("profile").orElse(null), out, () -> train(settings, out));
                if (arguments.has("shadow")) {
                    Shadow.run(work);
                } else {
                    work.run();
                }
                return device;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }

    /** The work, looked at if there is a file for it. */
    private static Runnable profiled(@Nullable Path file, PrintStream out, Runnable work) {
        if (file == null) {
            return work;
        }
        return () -> {
            Profile profile = Profiler.of(work);
            out.println(profile.table());
            ChromeTrace.write(profile, file);
        };
    }

    private static void train(Settings settings, PrintStream out) {
        try {
            new Training(settings, out).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int positive(Arguments arguments, String name, int otherwise) {
        int value = arguments.integer(name, otherwise);
        if (value <= 0) {
            throw new UsageException("--" + name + ": " + value + " is not positive");
        }
        return value;
    }
}
