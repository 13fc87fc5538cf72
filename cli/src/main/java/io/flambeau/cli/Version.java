package io.flambeau.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Prints the versions that a bug report needs. */
final class Version implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "prints the versions of Flambeau, Java and the system";
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException {
        boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        out.println("flambeau " + flambeau());
        out.println("java     " + Runtime.version() + ", vector API " + (vector ? "on" : "off"));
        out.println("system   " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        return 0;
    }

    /** The build writes its version into the resource. */
    private static String flambeau() throws IOException {
        try (InputStream text = Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
