package io.flambeau.backend.cuda;

import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;

/** Finds NVIDIA's devices. */
public final class CudaProvider implements BackendProvider {
    @Override
    public String name() {
        return "cuda";
    }

    /** Before OpenCL, which knows the same devices less well. */
    @Override
    public int priority() {
        return 20;
    }

    @Override
    public boolean isAccelerator() {
        return true;
    }

    @Override
    public Probe probe() {
        return Ladder.climb().probe();
    }

    @Override
    public Backend open() {
        Ladder.Top found = Ladder.climb().top();
        return new CudaBackend(new CudaDriver(found), found.libraries());
    }
}
