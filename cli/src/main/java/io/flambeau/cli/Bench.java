package io.flambeau.cli;

import io.flambeau.cli.bench.Comparison;
import io.flambeau.cli.bench.Group;
import io.flambeau.cli.bench.Plan;
import io.flambeau.cli.bench.Serve;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measures training steps, operations and more, side by side with PyTorch where the machine has it. */
final class Bench implements Command {
    /** What another measuring process says to this one; not for people. */
    private static final String SERVE = "serve";

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "measures, side by side with PyTorch where the machine has it: " + groups() + ", or all";
    }

    private static String groups() {
        return Arrays.stream(Group.values()).map(Bench::word).collect(Collectors.joining(", "));
    }

    private static String word(Group group) {
        return group.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String operands() {
        return "[GROUP...]";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("python", "COMMAND", "a Python that has torch, python3"),
                Option.flag("eager", "does not try torch.compile, which takes long"),
                new Option("device", "DEVICE", "where both work, for example cuda:0; the default device"),
                new Option("only", "TEXT", "only the rows with this text in their names"),
                new Option("seconds", "X", "how long each side works for a row, 2"),
                new Option("out", "FILE", "where the results are kept as JSON, runs/bench-<time>.json"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException {
        if (arguments.operands().equals(List.of(SERVE))) {
            Serve.run(System.in, out);
            return 0;
        }
        Device device = arguments.text("device").map(Device::of).orElseGet(Tensors::defaultDevice);
        Tensors.setDefaultDevice(device);
        int processors = Runtime.getRuntime().availableProcessors();
        Plan plan = new Plan(
                chosen(arguments.operands(), device),
                arguments.text("only").orElse(""),
                arguments.text("python").orElse("python3"),
                !arguments.has("eager"),
                arguments.number("seconds", 2),
                device,
                Integer.getInteger("flambeau.threads", processors),
                arguments
                        .path("out")
                        .orElseGet(() ->
                                Path.of("runs", "bench-" + LocalDateTime.now().format(Train.NAME) + ".json")));
        Comparison.run(plan, out);
        return 0;
    }

    /** All of them are those that suit the device. */
    private static List<Group> chosen(List<String> words, Device device) {
        if (words.isEmpty()) {
            return List.of(Group.TRAIN);
        }
        List<Group> chosen = new ArrayList<>();
        for (String word : words) {
            if (word.equals("all")) {
                Arrays.stream(Group.values())
                        .filter(group -> group.isForAccelerators() != device.equals(Device.CPU))
                        .forEach(chosen::add);
            } else {
                chosen.add(Arrays.stream(Group.values())
                        .filter(group -> word(group).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new UsageException(
                                "bench: there is no group '" + word + "', only " + groups() + ", all")));
            }
        }
        return chosen;
    }
}
