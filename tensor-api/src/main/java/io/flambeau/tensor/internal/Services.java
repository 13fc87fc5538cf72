package io.flambeau.tensor.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.NoBackendException;
import io.flambeau.tensor.catalog.CatalogProvider;
import io.flambeau.tensor.spi.Autograd;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.KernelProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The one place where services are looked up: in the API's own loader and layer, then in the thread's. */
public final class Services {
    private static final System.Logger LOG = System.getLogger("io.flambeau");
    private static volatile @Nullable Autograd autograd;

    private Services() {}

    /** Every provider once, the API's own loader's first. A broken provider is logged and passed over. */
    private static <T> List<T> load(Class<T> service) {
        Map<String, T> found = new LinkedHashMap<>();
        List<ServiceLoader<T>> loaders = new ArrayList<>();
        ModuleLayer layer = Services.class.getModule().getLayer();
        if (layer != null) {
            loaders.add(ServiceLoader.load(layer, service));
        }
        loaders.add(ServiceLoader.load(service, Services.class.getClassLoader()));
        loaders.add(ServiceLoader.load(service, Thread.currentThread().getContextClassLoader()));
        for (ServiceLoader<T> loader : loaders) {
            loader.stream().forEach(provider -> {
                try {
                    found.computeIfAbsent(provider.type().getName(), name -> provider.get());
                } catch (ServiceConfigurationError e) {
                    LOG.log(System.Logger.Level.WARNING, "a service could not be made: " + provider.type(), e);
                }
            });
        }
        return new ArrayList<>(found.values());
    }

    static List<BackendProvider> backends() {
        List<BackendProvider> all = load(BackendProvider.class);
        all.sort(Comparator.comparingInt(BackendProvider::priority).reversed());
        return all;
    }

    static List<KernelProvider> kernels(String backend) {
        List<KernelProvider> all = load(KernelProvider.class);
        all.removeIf(p -> !p.backend().equals(backend));
        all.sort(Comparator.comparingInt(KernelProvider::priority).reversed());
        return all;
    }

    /** The operations that other modules add to the catalogue. */
    public static List<CatalogProvider> catalogs() {
        return load(CatalogProvider.class);
    }

    /** The engine, looked up again until there is one. */
    static Autograd autograd(String operation) {
        Autograd engine = autograd;
        if (engine == null) {
            List<Autograd> all = load(Autograd.class);
            if (all.isEmpty()) {
                throw new NoBackendException(
                        operation,
                        "gradients need the autograd module, which is not there; add the dependency"
                                + " io.flambeau:flambeau-autograd",
                        Fault.NO_AUTOGRAD);
            }
            engine = all.getFirst();
            autograd = engine;
        }
        return engine;
    }
}
