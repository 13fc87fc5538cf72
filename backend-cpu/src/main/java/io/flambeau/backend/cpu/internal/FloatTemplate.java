package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** A strip by a scalar function of floats; see Note [Templates]. */
final class FloatTemplate implements Strip {
    private static final Functions.OfFloat FUNCTION =
            Specialiser.data(MethodHandles.lookup(), Functions.OfFloat.class, 0);
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);
    private static final Element IN = Specialiser.data(MethodHandles.lookup(), Element.class, 2);
    private static final Element OUT = Specialiser.data(MethodHandles.lookup(), Element.class, 3);
    private static final long IN_BYTES = IN.bytes;
    private static final long OUT_BYTES = OUT.bytes;

    FloatTemplate() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        for (int i = 0; i < n; i++) {
            float b = ARITY > 1 ? IN.f32(y + i * IN_BYTES) : 0;
            float c = ARITY > 2 ? IN.f32(z + i * IN_BYTES) : 0;
            OUT.f32(out + i * OUT_BYTES, FUNCTION.apply(IN.f32(x + i * IN_BYTES), b, c));
        }
    }
}
