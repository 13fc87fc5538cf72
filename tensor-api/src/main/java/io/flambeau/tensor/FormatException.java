package io.flambeau.tensor;

/** A file that is damaged, lies, or is refused. */
public final class FormatException extends TensorException {
    public FormatException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public FormatException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
