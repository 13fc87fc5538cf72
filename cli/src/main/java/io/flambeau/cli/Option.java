package io.flambeau.cli;

/**
 * An option of a command.
 *
 * @param name without the dashes: {@code "epochs"}
 * @param value what its value is called in the help text: {@code "N"}; empty for a flag, which takes none
 * @param help one line for the help text
 */
record Option(String name, String value, String help) {
    static Option flag(String name, String help) {
        return new Option(name, "", help);
    }

    boolean isFlag() {
        return value.isEmpty();
    }

    /** As a user types it: {@code "--epochs N"}. */
    @Override
    public String toString() {
        return isFlag() ? "--" + name : "--" + name + " " + value;
    }
}
