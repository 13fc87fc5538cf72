package io.flambeau.cli;

import io.flambeau.conformance.Conformance;
import io.flambeau.conformance.Outcome;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code conformance}: runs golden cases against a device and says which fail. */
final class ConformanceCommand implements Command {
    @Override
    public String name() {
        return "conformance";
    }

    @Override
    public String summary() {
        return "compares operations with golden cases made by PyTorch";
    }

    @Override
    public String operands() {
        return "DIR";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("device", "NAME", "where to run, for example cpu or cuda:1"),
                new Option("filter", "OP", "only this operation; a star at the end stands for any rest"),
                new Option("report", "FILE", "writes every outcome as a line of JSON"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException, InterruptedException {
        if (arguments.operands().size() != 1) {
            throw new UsageException("conformance: needs one folder of golden cases");
        }
        Path folder = Path.of(arguments.operands().getFirst());
        if (!Files.isDirectory(folder)) {
            throw new UsageException("conformance: there is no folder " + folder);
        }
        Device device = arguments.text("device").map(Device::of).orElseGet(Tensors::defaultDevice);
        Map<Outcome.Status, Integer> counts = new EnumMap<>(Outcome.Status.class);
        Path report = arguments.path("report").orElse(null);
        try (Writer lines = report == null ? Writer.nullWriter() : Files.newBufferedWriter(report)) {
            Conformance.run(folder, device, arguments.text("filter").orElse(""), outcome -> {
                counts.merge(outcome.status(), 1, Integer::sum);
                if (outcome.status() == Outcome.Status.FAILED) {
                    out.println(outcome.id() + ": " + outcome.reason());
                }
                write(lines, outcome);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        int failed = counts.getOrDefault(Outcome.Status.FAILED, 0);
        out.println(counts.getOrDefault(Outcome.Status.PASSED, 0) + " passed, " + failed + " failed, "
                + counts.getOrDefault(Outcome.Status.SKIPPED, 0) + " skipped");
        return failed == 0 ? 0 : 1;
    }

    private static void write(Writer lines, Outcome outcome) {
        try {
            lines.write(outcome.toJson());
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
