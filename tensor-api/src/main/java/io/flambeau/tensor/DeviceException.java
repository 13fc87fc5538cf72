package io.flambeau.tensor;

/** Tensors on different devices, or a device that failed. */
public final class DeviceException extends TensorException {
    public DeviceException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public DeviceException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
