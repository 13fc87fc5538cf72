package io.flambeau.backend.opencl;

import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.List;

/** Finds the devices of all OpenCL platforms. A GPU may be the best device; a processor is used only where it is named. */
public final class OpenClProvider implements BackendProvider {
    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public int priority() {
        return 15;
    }

    @Override
    public boolean isAccelerator() {
        return true;
    }

    @Override
    public int bestDevice() {
        List<Platforms.Found> devices = Platforms.devices();
        for (int i = 0; i < devices.size(); i++) {
            if (!devices.get(i).isProcessor()) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Probe probe() {
        return Ladder.probe();
    }

    @Override
    public Backend open() {
        return new OpenClBackend(
                new OpenClDriver(Platforms.devices()), Blast.find().orElse(null));
    }
}
