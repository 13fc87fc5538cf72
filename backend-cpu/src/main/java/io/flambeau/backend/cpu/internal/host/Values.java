package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.HostArray;

/** Numbers between memory and host arrays; complex ones are pairs. */
final class Values {
    private Values() {}

    /** Adjacent elements at an address, as a value of the shape. */
    static HostArray read(DType dtype, long address, Shape shape) {
        HostArray array = HostArray.zeros(dtype, shape);
        read(dtype, address, array, 0, array.count());
        return array;
    }

    /** Copies {@code count} adjacent elements to place {@code at} of the array. */
    static void read(DType dtype, long address, HostArray to, int at, int count) {
        double[] reals = to.reals();
        switch (dtype) {
            case F32, C64 -> {
                int width = dtype.isComplex() ? 2 : 1;
                for (int i = 0; i < count * width; i++) {
                    reals[at * width + i] = Mem.f32(address + 4L * i);
                }
            }
            case F64, C128 -> {
                int width = dtype.isComplex() ? 2 : 1;
                for (int i = 0; i < count * width; i++) {
                    reals[at * width + i] = Mem.f64(address + 8L * i);
                }
            }
            case I32 -> {
                for (int i = 0; i < count; i++) {
                    to.integers()[at + i] = Mem.i32(address + 4L * i);
                }
            }
            default -> throw new IllegalStateException("no host kernel takes " + dtype);
        }
    }

    static void write(HostArray from, long address) {
        write(from, 0, address, from.count());
    }

    /** Copies {@code count} elements from place {@code at} of the array to adjacent ones at an address. */
    static void write(HostArray from, int at, long address, int count) {
        double[] reals = from.reals();
        switch (from.dtype()) {
            case F32, C64 -> {
                int width = from.dtype().isComplex() ? 2 : 1;
                for (int i = 0; i < count * width; i++) {
                    Mem.f32(address + 4L * i, (float) reals[at * width + i]);
                }
            }
            case F64, C128 -> {
                int width = from.dtype().isComplex() ? 2 : 1;
                for (int i = 0; i < count * width; i++) {
                    Mem.f64(address + 8L * i, reals[at * width + i]);
                }
            }
            case I32 -> {
                for (int i = 0; i < count; i++) {
                    Mem.i32(address + 4L * i, (int) from.integers()[at + i]);
                }
            }
            default -> throw new IllegalStateException("no host kernel gives " + from.dtype());
        }
    }
}
