package io.flambeau.cli.train;

import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ServiceLoader;

/** OpenCL's devices as {@code counted}: notes each block that is taken from a device, and each wait for it. */
public final class CountedProvider implements BackendProvider {
    static final String NAME = "counted";

    /** A letter for each event since it was emptied: A for an allocation, W for a wait. */
    static final StringBuffer EVENTS = new StringBuffer();

    private static BackendProvider opencl() {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("opencl"))
                .findFirst()
                .orElseThrow();
    }

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
        return opencl().probe();
    }

    @Override
    public Backend open() {
        Backend backend = opencl().open();
        return (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (_, method, arguments) -> {
                    switch (method.getName()) {
                        case "allocate" -> EVENTS.append('A');
                        case "download", "synchronize" -> EVENTS.append('W');
                        default -> {}
                    }
                    try {
                        return method.invoke(backend, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
