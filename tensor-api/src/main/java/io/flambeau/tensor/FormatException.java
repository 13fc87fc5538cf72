package io.flambeau.tensor;

import org.jspecify.annotations.Nullable;

/** A file that is damaged, lies, or is refused. */
public final class FormatException extends TensorException {
    public FormatException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public FormatException(String operation, String problem, Fault fault, @Nullable Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
