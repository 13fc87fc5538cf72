package io.flambeau.tensor.op.index;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.op.Pointwise;

/**
 * Indices of an axis counted from its beginning: negative ones count from the end.
 *
 * @param operation the name that errors show
 * @param axis the axis that is indexed, for errors
 * @param size the size of the axis
 */
public record WrapIndex(String operation, int axis, long size) implements Pointwise {
    @Override
    public String title() {
        return operation;
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public boolean isDefined(DType dtype) {
        return dtype == DType.I64;
    }

    @Override
    public long apply(long index, long b, long c) {
        if (index < -size || index >= size) {
            throw new IndexException(
                    operation,
                    "index " + index + " is out of range for axis " + axis + ", which has " + size + " elements",
                    Fault.INDEX_RANGE);
        }
        return index < 0 ? index + size : index;
    }
}
