package io.flambeau.tck;

import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.List;

/**
 * The backend {@code null}: it computes nothing, so that what an operation costs on it is the framework's own cost. What
 * is read from it is zeros.
 */
public final class NullProvider implements BackendProvider {
    @Override
    public String name() {
        return "null";
    }

    @Override
    public int priority() {
        return -2;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("computes nothing"));
    }

    @Override
    public Backend open() {
        return new NullBackend();
    }
}
