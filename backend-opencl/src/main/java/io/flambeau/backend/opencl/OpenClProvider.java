package io.flambeau.backend.opencl;

import io.flambeau.backend.clike.CLikeBackend;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;

/** Finds the devices of all OpenCL platforms. They are used only where they are named: priority is below the CPU's. */
public final class OpenClProvider implements BackendProvider {
    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public boolean isAccelerator() {
        return true;
    }

    @Override
    public Probe probe() {
        return Ladder.probe();
    }

    @Override
    public Backend open() {
        return new CLikeBackend(new OpenClDriver(Platforms.devices()));
    }
}
