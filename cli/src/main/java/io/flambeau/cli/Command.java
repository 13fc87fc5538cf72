package io.flambeau.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** One command of the launcher: a name, what it accepts, and what it does. To add one, list it in {@link Main}. */
interface Command {
    /** The word that calls it. */
    String name();

    /** What it does, in one line for the list of commands. */
    String summary();

    /** What may follow the name besides options, as the usage line shows it: {@code "IMAGE..."}; empty for nothing. */
    default String operands() {
        return "";
    }

    /** The options it knows; any other is refused before {@link #run} is called. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Does it.
     *
     * @return the exit status, 0 when all went well
     * @throws UsageException when what the user typed makes no sense; the message says why
     */
    int run(Arguments arguments, PrintStream out) throws IOException, InterruptedException;
}
