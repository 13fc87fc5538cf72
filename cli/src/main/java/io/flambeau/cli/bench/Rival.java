package io.flambeau.cli.bench;

import io.flambeau.tensor.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A way to measure PyTorch.
 *
 * @param title what rows call it
 * @param start starts a process that may use so many threads, if this machine can
 * @param missing what to say where it cannot
 */
record Rival(String title, IntFunction<Optional<Side>> start, String missing) {
    /** Those that know the device of the plan. */
    static List<Rival> of(Plan plan) {
        Rival python = new Rival(
                "Python",
                threads -> Peer.python(plan.python(), threads, plan.compiled(), plan.device()),
                "'" + plan.python() + "' does not run a Python with torch; name one with --python");
        Rival libtorch = new Rival(
                "libtorch", Peer::libtorch, "without libtorch; mvn -Plibtorch -pl libtorch -am package builds it");
        return plan.device().equals(Device.CPU) ? List.of(python, libtorch) : List.of(python);
    }

    Side fresh(int threads) {
        return start.apply(threads).orElseThrow();
    }

    /** What rows call it, with how it chose to run. */
    String way(String how) {
        return how.isEmpty() ? title : title + ", " + how;
    }
}
