package io.flambeau.cli;

import java.io.PrintStream;
import java.util.List;

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
            table(out, Main.COMMANDS.stream().map(c -> new Row(c.name(), c.summary())).toList());
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
        table(out, command.options().stream().map(o -> new Row(o.toString(), o.help())).toList());
    }

    private static void table(PrintStream out, List<Row> rows) {
        int width = rows.stream().mapToInt(row -> row.left.length()).max().orElse(0);
        for (Row row : rows) {
            out.println("  " + row.left + " ".repeat(width - row.left.length() + 2) + row.right);
        }
    }

    private record Row(String left, String right) {}
}
