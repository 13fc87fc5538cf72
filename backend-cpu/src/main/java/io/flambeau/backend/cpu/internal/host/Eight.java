package io.flambeau.backend.cpu.internal.host;

import static io.flambeau.backend.cpu.internal.Octets.BYTES;
import static io.flambeau.backend.cpu.internal.Octets.LANES;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.fourier.Field;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.spi.View;

/**
 * Eight matrices [m, n] as one matrix of octets; the last ones of a batch may be fewer, and the other lanes hold whatever
 * was there.
 */
record Eight(long address, int m, int n) {
    long at(int i, int j) {
        return address + BYTES * ((long) i * n + j);
    }

    long row() {
        return (long) BYTES * n;
    }

    double get(int i, int j, int lane) {
        return Mem.f64(at(i, j) + 8L * lane);
    }

    void set(int i, int j, int lane, double x) {
        Mem.f64(at(i, j) + 8L * lane, x);
    }

    /** Doubles of so many numbers of eight matrices. */
    static long room(long count) {
        return LANES * count;
    }

    private Field pairs(View view, int first) {
        long matrix = (long) m * n * view.dtype().bytes();
        return Field.pairs(view.address() + first * matrix, view.dtype() == DType.F64, matrix);
    }

    /** Loads the matrices from {@code first} on: pairs of adjacent numbers are what transforms call complex ones. */
    void load(View from, int first, int count) {
        int pairs = m * n / 2;
        Field field = pairs(from, first);
        field.gather(pairs, 0, 1, count, field.line(), address);
        if (m * n % 2 == 1) {
            for (int l = 0; l < count; l++) {
                Mem.f64(address + (2L * pairs) * BYTES + 8L * l, field.from(l).re(pairs));
            }
        }
    }

    void store(View to, int first, int count) {
        int pairs = m * n / 2;
        Field field = pairs(to, first);
        field.scatter(pairs, 0, 1, count, field.line(), address, 1);
        if (m * n % 2 == 1) {
            for (int l = 0; l < count; l++) {
                field.from(l).setReal(pairs, Mem.f64(address + (2L * pairs) * BYTES + 8L * l));
            }
        }
    }

    void swapRows(int i, int j, int lane) {
        if (i != j) {
            for (int k = 0; k < n; k++) {
                double t = get(i, k, lane);
                set(i, k, lane, get(j, k, lane));
                set(j, k, lane, t);
            }
        }
    }

    void zero(int i, int j) {
        Mem.zero(at(i, j), BYTES);
    }
}
