package io.flambeau.tensor.spi;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;

/**
 * A storage seen through a dtype, a shape, strides and an offset: all that a kernel is given. Strides and offset count
 * elements; strides may be 0 (expanded) or negative (flipped, inside the API only).
 */
public final class View {
    private final Storage storage;
    private final DType dtype;
    private final Shape shape;
    private final long[] strides;
    private final long offset;
    private final boolean contiguous;

    /** The strides are not copied; do not change them. */
    public View(Storage storage, DType dtype, Shape shape, long[] strides, long offset) {
        this.storage = storage;
        this.dtype = dtype;
        this.shape = shape;
        this.strides = strides;
        this.offset = offset;
        this.contiguous = isDense(shape, strides);
    }

    /** A contiguous view from the start of the storage. */
    public static View contiguous(Storage storage, DType dtype, Shape shape) {
        return new View(storage, dtype, shape, shape.contiguousStrides(), 0);
    }

    private static boolean isDense(Shape shape, long[] strides) {
        long step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            long size = shape.size(i);
            if (size != 1) {
                if (strides[i] != step && shape.count() != 0) {
                    return false;
                }
                step *= size;
            }
        }
        return true;
    }

    public Storage storage() {
        return storage;
    }

    public DType dtype() {
        return dtype;
    }

    public Shape shape() {
        return shape;
    }

    /** The strides in elements; shared, not to be changed. */
    public long[] strides() {
        return strides;
    }

    public long stride(int axis) {
        return strides[axis];
    }

    /** The offset of the first element from the start of the storage, in elements. */
    public long offset() {
        return offset;
    }

    /** The device address of the first element. */
    public long address() {
        return storage.address() + offset * dtype.bytes();
    }

    /** Whether the elements lie one after another in row-major order. */
    public boolean isContiguous() {
        return contiguous;
    }

    /** The same storage through another layout. */
    public View with(Shape shape, long[] strides, long offset) {
        return new View(storage, dtype, shape, strides, offset);
    }

    /** The place of the first element in memory. */
    public long low() {
        return extent(false);
    }

    /** The place of the last element in memory. */
    public long high() {
        return extent(true);
    }

    private long extent(boolean high) {
        long at = offset;
        for (int i = 0; i < strides.length; i++) {
            long reach = (shape.size(i) - 1) * strides[i];
            if (high == reach > 0) {
                at += reach;
            }
        }
        return at;
    }

    /** Whether both views may touch a common byte; exact for dense views, cautious for others. */
    public boolean overlaps(View other) {
        if (storage != other.storage || shape.count() == 0 || other.shape.count() == 0) {
            return false;
        }
        long low = low() * dtype.bytes();
        long high = (high() + 1) * dtype.bytes();
        long otherLow = other.low() * other.dtype.bytes();
        long otherHigh = (other.high() + 1) * other.dtype.bytes();
        return low < otherHigh && otherLow < high;
    }

    /** Whether both are the same elements in the same order. */
    public boolean same(View other) {
        if (storage != other.storage || offset != other.offset || dtype != other.dtype || !shape.equals(other.shape)) {
            return false;
        }
        for (int i = 0; i < strides.length; i++) {
            if (strides[i] != other.strides[i] && shape.size(i) > 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether two different indices can name the same element, as in an expanded view. */
    public boolean repeats() {
        if (contiguous || shape.count() <= 1) {
            return false;
        }
        int rank = strides.length;
        // Axes ordered by stride never collide if each stride passes the reach of all smaller ones.
        long[] steps = new long[rank];
        long[] sizes = new long[rank];
        int n = 0;
        for (int i = 0; i < rank; i++) {
            if (shape.size(i) > 1) {
                long step = Math.abs(strides[i]);
                int at = n++;
                for (; at > 0 && steps[at - 1] > step; at--) {
                    steps[at] = steps[at - 1];
                    sizes[at] = sizes[at - 1];
                }
                steps[at] = step;
                sizes[at] = shape.size(i);
            }
        }
        long reach = 0;
        for (int i = 0; i < n; i++) {
            if (steps[i] <= reach) {
                return true;
            }
            reach += (sizes[i] - 1) * steps[i];
        }
        return false;
    }

    @Override
    public String toString() {
        return dtype + shape.toString() + " strides " + java.util.Arrays.toString(strides) + " offset " + offset;
    }
}
