package io.flambeau.cli;

import io.flambeau.tensor.TensorException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Runs the command that the user named. */
public final class Main {
    /** Every command, in the order in which help lists them. */
    static final List<Command> COMMANDS = List.of(
            new Train(),
            new Predict(),
            new Devices(),
            new Bench(),
            new ConformanceCommand(),
            new KitCommand(),
            new GpuPack(),
            new GpuCheck(),
            new Version(),
            new Help());

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out, System.err));
    }

    /** Runs the command named by the first word; the exit status is 2 for a mistake in the words, 1 for a failure. */
    static int run(List<String> words, PrintStream out, PrintStream err) {
        try {
            Command command = command(words.isEmpty() ? "help" : words.getFirst());
            return command.run(Arguments.parse(words.stream().skip(1).toList(), command), out);
        } catch (UsageException e) {
            err.println("flambeau: " + e.getMessage() + "; see 'flambeau help'");
            return 2;
        } catch (TensorException e) {
            err.println("flambeau: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("flambeau: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    static Command command(String word) {
        String name = switch (word) {
            case "-h", "--help" -> "help";
            case "--version" -> "version";
            default -> word;
        };
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no command '" + word + "'"));
    }
}
