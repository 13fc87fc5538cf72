package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.Scalar;

/** FILL and IOTA: elements from nothing. */
final class Making {
    private Making() {}

    static void fill(Scalar value, Elements out) {
        for (long i = 0; i < out.count(); i++) {
            switch (out.dtype().category()) {
                case BOOL -> out.set(i, value.re() != 0 || value.im() != 0 || value.integer() != 0 ? 1L : 0L);
                case INTEGRAL -> out.set(i, value.integer());
                case FLOATING -> out.set(i, value.re());
                case COMPLEX -> out.set(i, value.complex());
            }
        }
    }

    static void iota(Scalar start, Scalar step, Elements out) {
        for (long i = 0; i < out.count(); i++) {
            switch (out.dtype().category()) {
                case BOOL, INTEGRAL -> out.set(i, start.integer() + i * step.integer());
                case FLOATING -> out.set(i, start.re() + i * step.re());
                case COMPLEX -> out.set(i, new Complex(start.re() + i * step.re(), start.im() + i * step.im()));
            }
        }
    }
}
