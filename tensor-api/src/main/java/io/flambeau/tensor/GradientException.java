package io.flambeau.tensor;

/** A graph that cannot be differentiated as asked. */
public final class GradientException extends TensorException {
    public GradientException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public GradientException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
