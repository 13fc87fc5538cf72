package io.flambeau.tensor.op;

import java.util.Arrays;

/** A short immutable list of integers inside an operation: axes, sizes, strides; compared by value. */
public final class Axes {
    private final long[] values;

    private Axes(long[] values) {
        this.values = values;
    }

    public static Axes of(long... values) {
        return new Axes(values.clone());
    }

    public static Axes of(int... values) {
        return new Axes(Arrays.stream(values).asLongStream().toArray());
    }

    public int count() {
        return values.length;
    }

    public long at(int i) {
        return values[i];
    }

    public int axis(int i) {
        return (int) values[i];
    }

    public long[] toArray() {
        return values.clone();
    }

    public int[] toInts() {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Axes a && Arrays.equals(values, a.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
