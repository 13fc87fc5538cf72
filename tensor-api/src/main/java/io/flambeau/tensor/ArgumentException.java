package io.flambeau.tensor;

/** An argument whose value the operation does not allow. */
public final class ArgumentException extends TensorException {
    public ArgumentException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public ArgumentException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
