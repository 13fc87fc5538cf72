package io.flambeau.backend.cuda;

import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.List;

/** The CUDA backend with the libraries of a toolkit, under a name of its own, so that tests have it with and without. */
public final class LibrariesProvider implements BackendProvider {
    static final String NAME = "cudalibraries";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("a driver without a GPU, with libraries"));
    }

    @Override
    public Backend open() {
        Ladder.Top found = top();
        Cuda.allowTf32Convolutions(false);
        return new CudaBackend(new CudaDriver(found), found.libraries());
    }

    /** What is found when the libraries are looked for, which the tests otherwise switch off. */
    static Ladder.Top top() {
        System.setProperty("flambeau.cuda.path", FakeCuda.libraries().toString());
        System.setProperty("flambeau.cuda.cublas", "true");
        System.setProperty("flambeau.cuda.cudnn", "true");
        try {
            return Ladder.climb().top();
        } finally {
            System.clearProperty("flambeau.cuda.path");
            System.setProperty("flambeau.cuda.cublas", "false");
            System.setProperty("flambeau.cuda.cudnn", "false");
        }
    }
}
