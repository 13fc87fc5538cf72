package io.flambeau.tensor.spi;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.AsStrided;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Put;
import io.flambeau.tensor.op.ViewOp;

/** Views and writes through them, as operations on their base: for an engine that names no operation. */
public final class Aliasing {
    private Aliasing() {}

    /** The operation that looks at the base as {@code view} does. */
    public static ViewOp view(Tensor base, Tensor view) {
        return AsStrided.of(Access.door().rawView(view));
    }

    /**
     * The operation that makes, of the base and a value of the view's spec, the base after the value was written
     * through the view.
     *
     * @param operation what writes, for the error
     * @throws GradientException if the view has another dtype than its base, or the base is not contiguous
     */
    public static Op put(String operation, Tensor base, Tensor view) {
        if (base.dtype() != view.dtype()) {
            throw new GradientException(
                    operation,
                    "a write through a view as " + view.dtype() + " into a tensor of " + base.dtype()
                            + " cannot be differentiated; write into the tensor itself, or into a clone",
                    Fault.VIEW_WRITE);
        }
        if (!base.isContiguous()) {
            throw new GradientException(
                    operation,
                    "a write through a view of a tensor that is not contiguous cannot be differentiated; call"
                            + " contiguous() before taking the view",
                    Fault.VIEW_WRITE);
        }
        View data = Access.door().rawView(view);
        long start = data.offset() - Access.door().rawView(base).offset();
        return new Put(AsStrided.of(data.with(data.shape(), data.strides(), start)));
    }
}
