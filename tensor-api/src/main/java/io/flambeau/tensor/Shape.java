package io.flambeau.tensor;

import java.util.Arrays;

/** The sizes of a tensor along its axes; immutable. The scalar shape has no axes and one element. */
public final class Shape {
    /** The most axes a tensor may have. */
    public static final int MAX_RANK = 64;

    /** The shape of a scalar: no axes, one element. */
    public static final Shape SCALAR = new Shape(new long[0], 1);

    private final long[] sizes;
    private final long count;

    private Shape(long[] sizes, long count) {
        this.sizes = sizes;
        this.count = count;
    }

    /**
     * The shape of these sizes.
     *
     * @throws ShapeException if a size is negative or the product of the sizes overflows, zeros left aside
     */
    public static Shape of(long... sizes) {
        return sizes.length == 0 ? SCALAR : owned("shape", sizes.clone());
    }

    /** As {@link #of}, with the operation that errors shall name. */
    public static Shape checked(String operation, long... sizes) {
        return sizes.length == 0 ? SCALAR : owned(operation, sizes.clone());
    }

    private static Shape owned(String operation, long[] sizes) {
        if (sizes.length > MAX_RANK) {
            throw new ShapeException(
                    operation, sizes.length + " axes are more than the " + MAX_RANK + " allowed", Fault.BAD_SHAPE);
        }
        long product = 1;
        boolean empty = false;
        for (long size : sizes) {
            if (size < 0) {
                throw new ShapeException(
                        operation, "size " + size + " in " + Arrays.toString(sizes) + " is negative", Fault.BAD_SHAPE);
            }
            empty |= size == 0;
            // Zeros are left out of the product, so that they cannot hide an overflow.
            long factor = Math.max(size, 1);
            if (Math.multiplyHigh(product, factor) != 0 || product * factor < 0) {
                throw new ShapeException(
                        operation,
                        "the number of elements of " + Arrays.toString(sizes) + " overflows 63 bits",
                        Fault.BAD_SHAPE);
            }
            product *= factor;
        }
        return new Shape(sizes, empty ? 0 : product);
    }

    /** The number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** The size along an axis; negative axes count from the end. */
    public long size(int axis) {
        int a = axis < 0 ? axis + sizes.length : axis;
        if (a < 0 || a >= sizes.length) {
            throw axisError("size", axis);
        }
        return sizes[a];
    }

    /** The number of elements. */
    public long count() {
        return count;
    }

    /** The sizes, as a copy. */
    public long[] sizes() {
        return sizes.clone();
    }

    /**
     * The axis counted from 0.
     *
     * @throws ShapeException if the axis lies outside the rank; a scalar admits 0 and -1, as in PyTorch
     */
    public int axis(String operation, int axis) {
        int rank = Math.max(sizes.length, 1);
        int a = axis < 0 ? axis + rank : axis;
        if (a < 0 || a >= rank) {
            throw axisError(operation, axis);
        }
        return a;
    }

    private ShapeException axisError(String operation, int axis) {
        int rank = Math.max(sizes.length, 1);
        return new ShapeException(
                operation,
                "axis " + axis + " is out of range for shape " + this + ", whose axes go from " + -rank + " to "
                        + (rank - 1),
                Fault.BAD_AXIS);
    }

    /** This shape with another size along an axis counted from 0. */
    public Shape with(int axis, long size) {
        long[] s = sizes.clone();
        s[axis] = size;
        return owned("shape", s);
    }

    /** This shape without an axis counted from 0. */
    public Shape without(int axis) {
        long[] s = new long[sizes.length - 1];
        System.arraycopy(sizes, 0, s, 0, axis);
        System.arraycopy(sizes, axis + 1, s, axis, s.length - axis);
        return of(s);
    }

    /** This shape with a new axis of the given size at a place counted from 0. */
    public Shape insert(int axis, long size) {
        long[] s = new long[sizes.length + 1];
        System.arraycopy(sizes, 0, s, 0, axis);
        s[axis] = size;
        System.arraycopy(sizes, axis, s, axis + 1, sizes.length - axis);
        return owned("shape", s);
    }

    /** The axes from {@code from} to before {@code to}, both counted from 0. */
    public Shape range(int from, int to) {
        return of(Arrays.copyOfRange(sizes, from, to));
    }

    /** The axes of this shape followed by those of the other. */
    public Shape concat(Shape other) {
        long[] s = Arrays.copyOf(sizes, sizes.length + other.sizes.length);
        System.arraycopy(other.sizes, 0, s, sizes.length, other.sizes.length);
        return of(s);
    }

    /** The strides, in elements, of a contiguous tensor of this shape. */
    public long[] contiguousStrides() {
        long[] strides = new long[sizes.length];
        long step = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= Math.max(sizes[i], 1);
        }
        return strides;
    }

    /**
     * The shape to which both broadcast: axes are aligned at the end, and a size of 1 stretches.
     *
     * @throws ShapeException if an axis has two different sizes, neither of them 1
     */
    public static Shape broadcast(String operation, Shape left, Shape right) {
        if (left.equals(right)) {
            return left;
        }
        int rank = Math.max(left.rank(), right.rank());
        long[] sizes = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long l = i <= left.rank() ? left.sizes[left.rank() - i] : 1;
            long r = i <= right.rank() ? right.sizes[right.rank() - i] : 1;
            if (l != r && l != 1 && r != 1) {
                throw new ShapeException(
                        operation,
                        "shapes " + left + " and " + right + " do not broadcast: axis -" + i + " is " + l
                                + " on the left and " + r + " on the right",
                        Fault.NO_BROADCAST);
            }
            sizes[rank - i] = l == 1 ? r : l;
        }
        return owned(operation, sizes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Shape s && Arrays.equals(sizes, s.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
