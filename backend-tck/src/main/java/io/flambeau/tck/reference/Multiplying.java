package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.Shape;

/** Batched matrix products, each element formed in double (integers in 64 bits) and rounded once. */
final class Multiplying {
    private Multiplying() {}

    static void matmul(Shape left, Elements x, Elements y, Elements out) {
        long rows = left.size(1);
        long inner = left.size(2);
        long columns = out.count() / Math.max(left.size(0) * rows, 1);
        for (long at = 0; at < out.count(); at++) {
            long row = at / columns * inner;
            long column = at / columns / rows * inner * columns + at % columns;
            switch (x.dtype().category()) {
                case BOOL, INTEGRAL -> {
                    long sum = 0;
                    for (long k = 0; k < inner; k++) {
                        sum += x.integer(row + k) * y.integer(column + k * columns);
                    }
                    out.set(at, sum);
                }
                case FLOATING -> {
                    double sum = 0;
                    for (long k = 0; k < inner; k++) {
                        sum += x.real(row + k) * y.real(column + k * columns);
                    }
                    out.set(at, sum);
                }
                case COMPLEX -> {
                    Complex sum = Complex.ZERO;
                    for (long k = 0; k < inner; k++) {
                        sum = sum.plus(x.complex(row + k).times(y.complex(column + k * columns)));
                    }
                    out.set(at, sum);
                }
            }
        }
    }
}
