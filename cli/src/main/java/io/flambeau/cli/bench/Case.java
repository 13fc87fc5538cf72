package io.flambeau.cli.bench;

import java.util.function.Supplier;

/**
 * A row of the comparison: work that every side knows by its name.
 *
 * @param name what the row and the other side call it
 * @param flops the arithmetic it needs at least, or 0 if memory bounds it
 * @param bytes the memory traffic it needs at least, or 0 if arithmetic bounds it
 * @param times how often one measurement repeats it; more than once where it is too short for the clock
 * @param work makes it, once, when its row begins
 */
record Case(String name, double flops, double bytes, int times, Supplier<Workload> work) {
    static Case of(String name, double flops, double bytes, Supplier<Workload> work) {
        return new Case(name, flops, bytes, 1, work);
    }

    /** Without a limit that it could be measured against. */
    static Case small(String name, int times, Supplier<Workload> work) {
        return new Case(name, 0, 0, times, work);
    }
}
