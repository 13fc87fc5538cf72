package io.flambeau.tensor;

/** A dtype for which the operation is not defined, or two that do not fit. */
public final class DTypeException extends TensorException {
    public DTypeException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public DTypeException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
