package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.Complex;
import java.lang.invoke.MethodHandles;

/** A strip by a scalar function of complex numbers; see Note [Templates]. */
final class ComplexTemplate implements Strip {
    private static final Functions.OfComplex FUNCTION =
            Specialiser.data(MethodHandles.lookup(), Functions.OfComplex.class, 0);
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);
    private static final Element IN = Specialiser.data(MethodHandles.lookup(), Element.class, 2);
    private static final Element OUT = Specialiser.data(MethodHandles.lookup(), Element.class, 3);
    private static final long IN_BYTES = IN.bytes;
    private static final long OUT_BYTES = OUT.bytes;

    ComplexTemplate() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        for (int i = 0; i < n; i++) {
            Complex b = ARITY > 1 ? IN.c128(y + i * IN_BYTES) : Complex.ZERO;
            Complex c = ARITY > 2 ? IN.c128(z + i * IN_BYTES) : Complex.ZERO;
            Complex r = FUNCTION.apply(IN.c128(x + i * IN_BYTES), b, c);
            OUT.c128(out + i * OUT_BYTES, r.re(), r.im());
        }
    }
}
