package io.flambeau.backend.cpu.internal;

import org.jspecify.annotations.Nullable;

/** An elementwise kernel over {@code n} adjacent elements of up to three operands, some of which it may not read. */
@FunctionalInterface
public interface Strip {
    void run(int n, long x, long y, long z, long out);

    /** How often a number stands at the address of an operand that {@link #repeating} asks for: the widest vector. */
    int REPEATS = 64;

    /** The same kernel with one number in place of all elements of x or y, operand 0 or 1; null where there is none. */
    default @Nullable Strip repeating(int operand) {
        return null;
    }
}
