package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.NoBackendException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Primitive;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Memories;
import io.flambeau.tensor.spi.Pool;
import io.flambeau.tensor.spi.Probe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The opened backends and the one table from a device to what serves it. */
public final class Backends {
    private static final System.Logger LOG = System.getLogger("io.flambeau");

    /**
     * A device with everything that an operation on it needs.
     *
     * @param widening the backend, if it lacks dtypes; else null
     */
    public record Target(
            Device device,
            Backend backend,
            Pool pool,
            Kernels kernels,
            @Nullable Widening widening) {
        /** Refuses to make tensors that the device cannot hold. */
        void admit(Spec spec, Object caller) {
            if (widening != null) {
                widening.admit(spec, caller);
            }
        }
    }

    private static final int MOST_THREADS = 4096;
    private static final Map<Device, Target> TARGETS = new ConcurrentHashMap<>();
    private static final Map<String, Backend> OPEN = new ConcurrentHashMap<>();
    private static final Map<String, Kernels> KERNELS = new ConcurrentHashMap<>();
    private static volatile @Nullable Target last;
    private static volatile @Nullable Device preferred;
    private static volatile int threads;

    private Backends() {}

    /** The target of a device; opened at the first use. */
    public static Target of(Device device) {
        Target recent = last;
        if (recent != null && (recent.device == device || recent.device.equals(device))) {
            return recent;
        }
        Target target = TARGETS.get(device);
        if (target == null) {
            target = open(device);
        }
        last = target;
        return target;
    }

    /** Whether tensors of the dtype can be made on the device. */
    public static boolean supports(Device device, DType dtype) {
        Widening widening = of(device).widening;
        return widening == null || widening.holds(dtype);
    }

    /** The dtype for what must be exact beyond F32: F64, or F32 where the device has nothing better. */
    public static DType widest(Device device) {
        return supports(device, DType.F64) ? DType.F64 : DType.F32;
    }

    private static synchronized Target open(Device device) {
        Backend backend = OPEN.get(device.backend());
        if (backend == null) {
            backend = provider(device).open();
            backend.setThreads(threads());
            OPEN.put(device.backend(), backend);
        }
        if (device.index() >= backend.devices()) {
            throw new DeviceException(
                    "device",
                    device + " does not exist; " + device.backend() + " has " + backend.devices() + " devices",
                    Fault.NO_BACKEND);
        }
        Kernels kernels = KERNELS.get(device.backend());
        if (kernels == null) {
            kernels = new Kernels(backend, Services.kernels(device.backend()), Widening.of(backend));
            KERNELS.put(device.backend(), kernels);
        }
        Widening widening = kernels.widening();
        Target target = new Target(
                device, widening == null ? backend : widening, Memories.pool(backend, device), kernels, widening);
        TARGETS.put(device, target);
        return target;
    }

    private static BackendProvider provider(Device device) {
        List<String> seen = new ArrayList<>();
        for (BackendProvider provider : Services.backends()) {
            if (!provider.name().equals(device.backend())) {
                seen.add(provider.name());
                continue;
            }
            if (provider.spiVersion() != BackendProvider.SPI_VERSION) {
                throw new NoBackendException(
                        "device",
                        device + " was written for version " + provider.spiVersion() + " of the backend interface,"
                                + " this is version " + BackendProvider.SPI_VERSION + "; use a matching release",
                        Fault.NO_BACKEND);
            }
            if (provider.probe() instanceof Probe.Unavailable why) {
                throw new NoBackendException("device", device + " cannot be used: " + why, Fault.NO_BACKEND);
            }
            return provider;
        }
        throw new NoBackendException(
                "device",
                "no backend named '" + device.backend() + "' was found, only " + seen + "; add the dependency"
                        + " io.flambeau:flambeau-backend-" + device.backend(),
                Fault.NO_BACKEND);
    }

    /**
     * The device where tensors are made when nothing else is said: what {@link #prefer} was told, what the system
     * property {@code flambeau.device} names, or the first of the usable backend with the highest priority; an
     * accelerator only where there is nothing else.
     */
    public static Device preferred() {
        Device device = preferred;
        if (device == null) {
            String named = System.getProperty("flambeau.device", "");
            device = named.isBlank() ? choose(Services.backends(), false).device : Device.of(named);
            prefer(device);
        }
        return device;
    }

    /** The first device of the usable backend with the highest priority; why it is no better one is logged. */
    public static Device best() {
        Choice choice = choose(Services.backends(), true);
        if (!choice.passed.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    choice.device + " is the best device; not usable: " + String.join(", ", choice.passed));
        }
        return choice.device;
    }

    /** A device, and what was passed over with the reason. */
    public record Choice(Device device, List<String> passed) {}

    /**
     * Chooses among providers, sorted by priority; those with a negative one are never chosen.
     *
     * @param accelerators whether accelerators count like others, or only where nothing else is usable
     */
    public static Choice choose(List<BackendProvider> providers, boolean accelerators) {
        List<String> passed = new ArrayList<>();
        List<BackendProvider> order = new ArrayList<>(providers);
        order.removeIf(provider -> provider.priority() < 0);
        if (!accelerators) {
            // What is only used where nothing else is there is not even asked before.
            order.sort(Comparator.comparing(BackendProvider::isAccelerator));
        }
        for (BackendProvider provider : order) {
            switch (provider.probe()) {
                case Probe.Available _ -> {
                    int device = provider.bestDevice();
                    if (device >= 0) {
                        return new Choice(new Device(provider.name(), device), passed);
                    }
                }
                case Probe.Unavailable why -> passed.add(provider.name() + " (" + why + ")");
            }
        }
        throw new NoBackendException(
                "device",
                "no usable backend was found" + (passed.isEmpty() ? "" : ": " + String.join(", ", passed))
                        + "; add the dependency io.flambeau:flambeau-backend-cpu",
                Fault.NO_BACKEND);
    }

    public static void prefer(Device device) {
        of(device);
        preferred = device;
    }

    /** Whether an operation on inputs of these specs goes by way of the host, for want of something on the device. */
    public static boolean goesByHost(Op op, Spec... inputs) {
        if (inputs.length == 0) {
            return false;
        }
        Target target = of(inputs[0].device());
        return switch (op) {
            case Pointwise pointwise -> !target.backend.runs(pointwise, inputs);
            case HostOp host -> host.dataDependent() || target.kernels.find(host, inputs) == null;
            case Primitive _, ViewOp _, Derived _ -> false;
        };
    }

    /**
     * How many threads share a kernel on backends that compute in this process: what {@link #setThreads} was told, what
     * the system property {@code flambeau.threads} says, or the number of processors.
     */
    public static int threads() {
        int count = threads;
        if (count == 0) {
            String property = System.getProperty("flambeau.threads", "");
            count = property.isBlank() ? Runtime.getRuntime().availableProcessors() : parsed(property);
            threads = count;
        }
        return count;
    }

    private static int parsed(String property) {
        try {
            return checked("-Dflambeau.threads", Integer.parseInt(property.strip()));
        } catch (NumberFormatException e) {
            throw new ArgumentException(
                    "-Dflambeau.threads", "'" + property + "' is not a number of threads", Fault.BAD_ARGUMENT);
        }
    }

    private static int checked(String title, int count) {
        if (count < 1 || count > MOST_THREADS) {
            throw new ArgumentException(
                    title, "the number of threads is " + count + ", not from 1 to " + MOST_THREADS, Fault.BAD_ARGUMENT);
        }
        return count;
    }

    /** See {@link io.flambeau.tensor.Tensors#synchronize}. */
    public static void synchronize(Device device) {
        of(device).backend.synchronize(device.index());
    }

    public static synchronized void setThreads(int count) {
        threads = checked("setThreads", count);
        OPEN.values().forEach(backend -> backend.setThreads(count));
    }

    /** Every provider that was found, with what it says of itself. */
    public static List<BackendProvider> providers() {
        return Services.backends();
    }
}
