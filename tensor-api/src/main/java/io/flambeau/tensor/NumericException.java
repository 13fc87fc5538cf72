package io.flambeau.tensor;

/** A numerical algorithm that has no answer for this input. */
public final class NumericException extends TensorException {
    public NumericException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public NumericException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
