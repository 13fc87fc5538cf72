package io.flambeau.cli;

import io.flambeau.cli.bench.Comparison;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Measures training steps, side by side with PyTorch where Python has it. */
final class Bench implements Command {
    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "measures training steps, side by side with PyTorch's where Python has it";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option("python", "COMMAND", "a Python that has torch, python3"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        new Comparison(out, arguments.text("python").orElse("python3"), threads).run();
        return 0;
    }
}
