package io.flambeau.tck;

import io.flambeau.tck.reference.ReferenceBackend;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.List;

/** The backend {@code reference}: slow, plain definitions of every primitive. Never the default unless asked for. */
public final class ReferenceProvider implements BackendProvider {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("definitions in plain Java", "a second device, to test moves"));
    }

    @Override
    public Backend open() {
        return new ReferenceBackend();
    }
}
