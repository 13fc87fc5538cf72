package io.flambeau.autograd.internal;

/** Finds the user's line that called an operation. */
final class Sites {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private Sites() {}

    /** The innermost line outside the library, for example {@code Train.step(Train.java:42)}. */
    static String current() {
        return WALKER.walk(frames -> frames.filter(f -> !isOurs(f.getClassName()))
                .findFirst()
                .map(f -> f.toStackTraceElement().toString())
                .orElse("an unknown line"));
    }

    private static boolean isOurs(String type) {
        return type.startsWith("io.flambeau.tensor.")
                || type.startsWith("io.flambeau.autograd.")
                || type.startsWith("io.flambeau.nn.")
                || type.startsWith("java.");
    }
}
