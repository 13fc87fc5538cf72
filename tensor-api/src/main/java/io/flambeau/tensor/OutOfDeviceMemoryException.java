package io.flambeau.tensor;

/** A device without enough free memory, even after everything unused was returned. */
public final class OutOfDeviceMemoryException extends TensorException {
    public OutOfDeviceMemoryException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public OutOfDeviceMemoryException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
