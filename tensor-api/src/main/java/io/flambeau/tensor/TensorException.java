package io.flambeau.tensor;

import org.jspecify.annotations.Nullable;

/**
 * The parent of everything Flambeau throws: unchecked, typed, and always of the form <em>operation: what is wrong, with
 * the actual values; what to do (code)</em>.
 */
public class TensorException extends RuntimeException {
    private final transient Fault fault;

    /**
     * @param operation the name of the operation or call, as the user wrote it
     * @param problem what is wrong, with the actual values, and what to do
     * @param fault the kind of fault, whose code ends the message
     */
    public TensorException(String operation, String problem, Fault fault) {
        this(operation, problem, fault, null);
    }

    /** As above, with the exception that caused this one. */
    public TensorException(String operation, String problem, Fault fault, @Nullable Throwable cause) {
        super(operation + ": " + problem + " (" + fault.code() + ")", cause);
        this.fault = fault;
    }

    /** The kind of fault, explained in {@code docs/errors.md} under its code. */
    public Fault fault() {
        return fault;
    }
}
