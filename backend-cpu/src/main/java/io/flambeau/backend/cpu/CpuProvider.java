package io.flambeau.backend.cpu;

import io.flambeau.backend.cpu.internal.Kernels;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.List;

/** Finds the CPU backend, which is always there. */
public final class CpuProvider implements BackendProvider {
    private static final System.Logger LOG = System.getLogger(CpuProvider.class.getName());

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of(describe()));
    }

    @Override
    public Backend open() {
        if (!Kernels.present()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the Vector API is absent, so the CPU's plain kernels run, which are slower; start java with "
                            + "--add-modules jdk.incubator.vector");
        }
        return new Cpu();
    }

    static String describe() {
        Runtime runtime = Runtime.getRuntime();
        return System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " cores, " + Kernels.describe();
    }
}
