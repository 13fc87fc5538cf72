package io.flambeau.tensor;

/** Shapes, axes or sizes that do not fit. */
public final class ShapeException extends TensorException {
    public ShapeException(String operation, String problem, Fault fault) {
        super(operation, problem, fault);
    }

    public ShapeException(String operation, String problem, Fault fault, Throwable cause) {
        super(operation, problem, fault, cause);
    }
}
