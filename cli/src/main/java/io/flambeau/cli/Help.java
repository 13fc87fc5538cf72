package io.flambeau.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/** Lists the commands, or explains one. */
final class Help implements Command {
    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "lists the commands, or explains one";
    }

    @Override
    public String operands() {
        return "[COMMAND]";
    }

    @Override
    public int run(Arguments arguments, PrintStream out) {
        if (arguments.operands().isEmpty()) {
            out.println("usage: flambeau COMMAND [OPTION...]");
            table(out, Main.COMMANDS, Command::name, Command::summary);
        } else {
            explain(Main.command(arguments.operands().getFirst()), out);
        }
        return 0;
    }

    private static void explain(Command command, PrintStream out) {
        String options = command.options().isEmpty() ? "" : " [OPTION...]";
        String operands = command.operands().isEmpty() ? "" : " " + command.operands();
        out.println("usage: flambeau " + command.name() + options + operands);
        out.println(command.summary());
        table(out, command.options(), Option::toString, Option::help);
    }

    private static <T> void table(PrintStream out, List<T> rows, Function<T, String> left, Function<T, String> right) {
        int width =
                rows.stream().mapToInt(row -> left.apply(row).length()).max().orElse(0);
        for (T row : rows) {
            String name = left.apply(row);
            out.println("  " + name + " ".repeat(width - name.length() + 2) + right.apply(row));
        }
    }
}
