package io.flambeau.tck.memory;

import io.flambeau.tck.reference.ReferenceBackend;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** The backend {@code scarce}: the reference backend with 32 MiB, whose next allocations can be made to fail. */
public final class ScarceProvider implements BackendProvider {
    static final Device DEVICE = new Device("scarce", 0);
    static final long CAPACITY = 32L << 20;
    /** How many allocations of slabs still succeed. */
    static volatile int allowed = Integer.MAX_VALUE;

    @Override
    public String name() {
        return "scarce";
    }

    @Override
    public int priority() {
        return -3;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("32 MiB"));
    }

    @Override
    public Backend open() {
        Backend reference = new ReferenceBackend();
        return (Backend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("capacity")) {
                        return CAPACITY;
                    }
                    if (method.getName().equals("allocate") && allowed-- <= 0) {
                        return null;
                    }
                    try {
                        return method.invoke(reference, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
