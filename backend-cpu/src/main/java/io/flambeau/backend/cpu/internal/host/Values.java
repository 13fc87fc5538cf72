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
        double[] reals = array.reals();
        switch (dtype) {
            case F32, C64 -> {
                for (int i = 0; i < reals.length; i++) {
                    reals[i] = Mem.f32(address + 4L * i);
                }
            }
            case F64, C128 -> {
                for (int i = 0; i < reals.length; i++) {
                    reals[i] = Mem.f64(address + 8L * i);
                }
            }
            case I32 -> {
                for (int i = 0; i < array.count(); i++) {
                    array.integers()[i] = Mem.i32(address + 4L * i);
                }
            }
            default -> throw new IllegalStateException("no host kernel takes " + dtype);
        }
        return array;
    }

    /** Writes the elements one after another. */
    static void write(HostArray from, long address) {
        double[] reals = from.reals();
        switch (from.dtype()) {
            case F32, C64 -> {
                for (int i = 0; i < reals.length; i++) {
                    Mem.f32(address + 4L * i, (float) reals[i]);
                }
            }
            case F64, C128 -> {
                for (int i = 0; i < reals.length; i++) {
                    Mem.f64(address + 8L * i, reals[i]);
                }
            }
            case I32 -> {
                for (int i = 0; i < from.count(); i++) {
                    Mem.i32(address + 4L * i, (int) from.integers()[i]);
                }
            }
            default -> throw new IllegalStateException("no host kernel gives " + from.dtype());
        }
    }
}
