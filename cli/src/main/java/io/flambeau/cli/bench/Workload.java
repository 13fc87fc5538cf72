package io.flambeau.cli.bench;

/** Work that can be repeated: one call is one training step. */
@FunctionalInterface
interface Workload {
    /** Does one step and gives its loss. */
    double step();
}
