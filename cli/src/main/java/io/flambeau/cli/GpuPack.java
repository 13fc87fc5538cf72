package io.flambeau.cli;

import io.flambeau.cli.gpu.Pack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code gpu-pack}: a folder with all that a check on another machine needs, Java included. */
final class GpuPack implements Command {
    @Override
    public String name() {
        return "gpu-pack";
    }

    @Override
    public String summary() {
        return "makes a check to carry to a machine with a GPU that has neither Java nor a network";
    }

    @Override
    public String operands() {
        return "DIR";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option("golden", "DIR", "also carries golden cases, packed"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException, InterruptedException {
        if (arguments.operands().size() != 1) {
            throw new UsageException("gpu-pack: needs one folder to write");
        }
        Path folder = Path.of(arguments.operands().getFirst());
        Pack.write(folder, arguments.path("golden").orElse(null));
        out.printf("%s: %.1f MiB; carry it there and run %s%n", folder, Pack.bytes(folder) / 1048576.0, Pack.SCRIPT);
        return 0;
    }
}
