package io.flambeau.tensor;

import io.flambeau.tensor.internal.Backends;

/**
 * Where a tensor lives: a backend's name and the index of one of its devices, written {@code cpu:0} or {@code cuda:1}.
 *
 * @param backend the name of the backend, as its provider declares it
 * @param index the device of that backend, counted from 0
 */
public record Device(String backend, int index) {
    /** The first device of the CPU backend. */
    public static final Device CPU = new Device("cpu", 0);

    public Device {
        if (backend.isBlank() || index < 0) {
            throw new DeviceException(
                    "device",
                    "'" + backend + ":" + index + "' is no device; write for example cpu:0",
                    Fault.BAD_ARGUMENT);
        }
    }

    /** Reads {@code cpu}, {@code cuda:1} and the like. */
    public static Device of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Device(text, 0);
        }
        try {
            return new Device(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new DeviceException(
                    "device", "'" + text + "' is no device; write for example cuda:1", Fault.BAD_ARGUMENT, e);
        }
    }

    /**
     * The first device of the usable backend with the highest priority: an accelerator where there is one, else the
     * CPU. Where better ones were found and cannot be used, one line on the log says why.
     *
     * <pre>{@code model.to(Device.best());}</pre>
     *
     * @throws NoBackendException if no backend is usable
     */
    public static Device best() {
        return Backends.best();
    }

    /**
     * Whether tensors of this dtype can be made on the device; some have no F64, for example.
     *
     * <pre>{@code DType real = device.supports(DType.F64) ? DType.F64 : DType.F32;}</pre>
     */
    public boolean supports(DType dtype) {
        return Backends.supports(this, dtype);
    }

    @Override
    public String toString() {
        return backend + ":" + index;
    }
}
