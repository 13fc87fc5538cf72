package io.flambeau.cli;

import io.flambeau.cli.gpu.Check;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code gpu-check}: what the script of a pack runs; see {@link GpuPack}. */
final class GpuCheck implements Command {
    @Override
    public String name() {
        return "gpu-check";
    }

    @Override
    public String summary() {
        return "checks and measures a device, and writes one JSON: " + String.join(", ", Check.STAGES);
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("device", "DEVICE", "which, cuda:0"),
                new Option("stages", "LIST", "only these, with commas between"),
                new Option("every", "N", "of the kit, only each so manieth operation"),
                new Option("only", "TEXT", "of the measurements, only the rows with this text in their names"),
                new Option("golden", "PLACE", "a folder of golden cases, or a zip of one"),
                new Option("python", "COMMAND", "a Python that has torch, python3"),
                new Option("seconds", "X", "how long each side works for a row, 1"),
                new Option("minutes", "X", "how long a stage may take, 10"),
                new Option("out", "FILE", "where the result goes, gpu-check.json; written anew after each stage"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException, InterruptedException {
        List<String> stages =
                arguments.text("stages").map(text -> List.of(text.split(","))).orElse(Check.STAGES);
        for (String stage : stages) {
            if (!Check.STAGES.contains(stage)) {
                throw new UsageException(
                        "gpu-check: there is no stage '" + stage + "', only " + String.join(", ", Check.STAGES));
            }
        }
        Check check = new Check(
                arguments.text("device").orElse("cuda:0"),
                stages,
                arguments.integer("every", 1),
                arguments.text("only").orElse(""),
                arguments.path("golden").orElse(null),
                arguments.text("python").orElse("python3"),
                arguments.number("seconds", 1),
                arguments.number("minutes", 10),
                arguments.path("out").orElse(Path.of("gpu-check.json")));
        return check.run(out) ? 0 : 1;
    }
}
