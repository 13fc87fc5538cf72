package io.flambeau.tck.reference;

import io.flambeau.tensor.Complex;

/** COPY and CAST: the same elements elsewhere, or in another dtype. */
final class Moving {
    private Moving() {}

    static void copy(Elements x, Elements out) {
        for (long i = 0; i < out.count(); i++) {
            out.copy(i, x, i);
        }
    }

    static void cast(Elements x, Elements out) {
        boolean integers = !x.dtype().isDifferentiable();
        for (long i = 0; i < out.count(); i++) {
            Complex z = x.complex(i);
            switch (out.dtype().category()) {
                case BOOL -> out.set(i, z.re() != 0 || z.im() != 0 ? 1L : 0L);
                case INTEGRAL -> out.set(i, integers ? x.integer(i) : (long) z.re());
                case FLOATING -> out.set(i, z.re());
                case COMPLEX -> out.set(i, z);
            }
        }
    }
}
