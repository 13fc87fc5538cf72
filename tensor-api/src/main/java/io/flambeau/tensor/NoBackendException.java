package io.flambeau.tensor;

/** A backend or a module that is missing or not usable, with the reason and the remedy. */
public final class NoBackendException extends TensorException {
    public NoBackendException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public NoBackendException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
