package io.flambeau.tensor;

/** A tensor used after its memory went back, or by a thread that does not own it. */
public final class ReleasedException extends TensorException {
    public ReleasedException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public ReleasedException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
