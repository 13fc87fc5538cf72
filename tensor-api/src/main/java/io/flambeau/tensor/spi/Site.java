package io.flambeau.tensor.spi;

import java.util.Set;

/** Finds the user's line that called the library. */
public final class Site {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Set<String> OURS = Set.of("tensor", "autograd", "nn", "optim", "data", "tck");

    private Site() {}

    /** The innermost line outside the library, for example {@code Train.step(Train.java:42)}. */
    public static String current() {
        return WALKER.walk(frames -> frames.filter(f -> !isOurs(f.getClassName()))
                .findFirst()
                .map(f -> f.toStackTraceElement().toString())
                .orElse("an unknown line"));
    }

    /** Whether a class belongs to the library or the JDK, by the third part of its name. */
    private static boolean isOurs(String type) {
        if (!type.startsWith("io.flambeau.")) {
            return type.startsWith("java.") || type.startsWith("jdk.");
        }
        int start = "io.flambeau.".length();
        int end = type.indexOf('.', start);
        return end > 0 && OURS.contains(type.substring(start, end));
    }
}
