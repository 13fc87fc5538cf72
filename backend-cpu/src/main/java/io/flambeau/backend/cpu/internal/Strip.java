package io.flambeau.backend.cpu.internal;

/** An elementwise kernel over {@code n} adjacent elements of up to three operands, some of which it may not read. */
@FunctionalInterface
public interface Strip {
    void run(int n, long x, long y, long z, long out);
}
