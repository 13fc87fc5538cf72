package org.example.abacus;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.spi.View;
import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.ObjIntConsumer;

/**
 * The elements of a view in row-major order: integers and BOOL as long, floating ones as double. A value is rounded or
 * wrapped to the dtype when it is written.
 */
final class Beads {
    private final ByteBuffer memory;
    private final DType dtype;
    private final int[] places;

    private Beads(View view) {
        memory = AbacusBackend.memory(view.storage());
        dtype = view.dtype();
        places = places(view.shape(), view.strides(), view.offset());
    }

    static Beads of(View view) {
        return new Beads(view);
    }

    /** The offsets of all elements, counted in elements. */
    static int[] places(Shape shape, long[] strides, long offset) {
        int[] places = new int[Math.toIntExact(shape.count())];
        long[] index = new long[shape.rank()];
        long place = offset;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.toIntExact(place);
            for (int axis = index.length - 1; axis >= 0; axis--) {
                place += strides[axis];
                if (++index[axis] < shape.size(axis)) {
                    break;
                }
                place -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return places;
    }

    int count() {
        return places.length;
    }

    DType dtype() {
        return dtype;
    }

    /** Whether elements are read as long. */
    boolean isWhole() {
        return !dtype.isFloating();
    }

    long whole(int i) {
        int at = places[i] * dtype.bytes();
        return switch (dtype) {
            case BOOL, U8 -> memory.get(at) & 0xFF;
            case I32 -> memory.getInt(at);
            case I64 -> memory.getLong(at);
            default -> throw new IllegalStateException(dtype + " has no whole elements");
        };
    }

    double real(int i) {
        int at = places[i] * dtype.bytes();
        return switch (dtype) {
            case F32 -> memory.getFloat(at);
            case F64 -> memory.getDouble(at);
            default -> whole(i);
        };
    }

    void set(int i, long value) {
        int at = places[i] * dtype.bytes();
        switch (dtype) {
            case BOOL -> memory.put(at, (byte) (value == 0 ? 0 : 1));
            case U8 -> memory.put(at, (byte) value);
            case I32 -> memory.putInt(at, (int) value);
            case I64 -> memory.putLong(at, value);
            default -> set(i, (double) value);
        }
    }

    void set(int i, double value) {
        int at = places[i] * dtype.bytes();
        switch (dtype) {
            case F32 -> memory.putFloat(at, (float) value);
            case F64 -> memory.putDouble(at, value);
            default -> throw new IllegalStateException(dtype + " has no real elements");
        }
    }

    /** Takes an element of the same dtype as it is. */
    void copy(int to, Beads from, int i) {
        if (isWhole()) {
            set(to, from.whole(i));
        } else {
            set(to, from.real(i));
        }
    }

    /** A value as an element of this dtype would read; 0 if that is not an integer. */
    long wrapped(long value) {
        return switch (dtype) {
            case BOOL -> value == 0 ? 0 : 1;
            case U8 -> value & 0xFF;
            case I32 -> (int) value;
            case I64 -> value;
            default -> 0;
        };
    }

    /** A value as an element of this dtype would read. */
    double rounded(double value) {
        return dtype == DType.F32 ? (float) value : value;
    }

    /** Does something at every element. */
    void each(ObjIntConsumer<Beads> action) {
        for (int i = 0; i < places.length; i++) {
            action.accept(this, i);
        }
    }

    /** Writes every element by the one or the other definition, as {@code like} is of whole or real numbers. */
    void fill(Beads like, IntToLongFunction whole, IntToDoubleFunction real) {
        for (int i = 0; i < places.length; i++) {
            if (like.isWhole()) {
                set(i, whole.applyAsLong(i));
            } else {
                set(i, real.applyAsDouble(i));
            }
        }
    }
}
