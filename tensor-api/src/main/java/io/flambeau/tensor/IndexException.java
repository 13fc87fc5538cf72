package io.flambeau.tensor;

/** An index outside its axis. */
public final class IndexException extends TensorException {
    public IndexException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public IndexException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
