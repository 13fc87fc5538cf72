package io.flambeau.cli.bench;

import io.flambeau.cli.Main;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the flags of this one. */
public final class Sibling {
    private Sibling() {}

    /** The words that start a command of ours, with some more flags. */
    public static List<String> command(List<String> flags, String... words) {
        List<String> command = java(flags, System.getProperty("java.class.path"), Main.class.getName());
        command.addAll(List.of(words));
        return command;
    }

    /** The words that start a program which has more on its class path. */
    static List<String> program(String classPath, String main) {
        return java(List.of(), System.getProperty("java.class.path") + File.pathSeparator + classPath, main);
    }

    private static List<String> java(List<String> flags, String classPath, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }
}
