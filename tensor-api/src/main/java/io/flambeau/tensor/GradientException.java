package io.flambeau.tensor;

import io.flambeau.tensor.spi.Site;

/** A graph that cannot be differentiated as asked; the message names the user's line that asked. */
public final class GradientException extends TensorException {
    public GradientException(String operation, String problem, Fault fault) {
        super(operation, here(problem), fault);
    }

    public GradientException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, here(problem), fault, cause);
    }

    /** The stack is walked when something has gone wrong, and so costs nothing before. */
    private static String here(String problem) {
        return problem + "; asked for at " + Site.current();
    }
}
