package org.example.abacus;

import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.List;

/** What Flambeau finds: a program reaches the backend as the device {@code abacus:0}. */
public final class AbacusProvider implements BackendProvider {
    @Override
    public String name() {
        return "abacus";
    }

    /** Negative: used only when somebody names it. */
    @Override
    public int priority() {
        return -10;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("plain Java, an example"));
    }

    @Override
    public Backend open() {
        return new AbacusBackend();
    }
}
