package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.spi.View;
import java.util.Arrays;

/** Elements at regular distances in memory: what kernels are given. Sizes and strides are shared and never changed. */
public record Strided(long address, Element type, long[] sizes, long[] strides) {
    public static Strided of(View view) {
        return new Strided(
                view.address(), Element.of(view.dtype()), view.shape().sizes(), view.strides());
    }

    /** Elements one after another, in row-major order. */
    public static Strided dense(long address, Element type, long... sizes) {
        long[] strides = new long[sizes.length];
        long step = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= Math.max(1, sizes[i]);
        }
        return new Strided(address, type, sizes, strides);
    }

    public int rank() {
        return sizes.length;
    }

    public long count() {
        long n = 1;
        for (long size : sizes) {
            n *= size;
        }
        return n;
    }

    public boolean isDense() {
        long step = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            if (sizes[i] != 1) {
                if (strides[i] != step) {
                    return false;
                }
                step *= sizes[i];
            }
        }
        return true;
    }

    /** One element, everywhere in {@code sizes}. */
    static Strided everywhere(long address, Element type, long[] sizes) {
        return new Strided(address, type, sizes, new long[sizes.length]);
    }

    /** The axes from {@code from} up to {@code to} alone, at index 0 of the others. */
    Strided axes(int from, int to) {
        return new Strided(address, type, Arrays.copyOfRange(sizes, from, to), Arrays.copyOfRange(strides, from, to));
    }

    /** The axes whose bit is set, or those whose bit is not, alone. */
    Strided axes(long mask, boolean set) {
        int n = 0;
        long[] size = new long[sizes.length];
        long[] stride = new long[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            if ((mask >>> i & 1) != 0 == set) {
                size[n] = sizes[i];
                stride[n++] = strides[i];
            }
        }
        return new Strided(address, type, Arrays.copyOf(size, n), Arrays.copyOf(stride, n));
    }

    /** The same elements with an axis cut to its first {@code size} elements. */
    Strided cut(int axis, long size) {
        long[] cut = sizes.clone();
        cut[axis] = size;
        return new Strided(address, type, cut, strides);
    }
}
