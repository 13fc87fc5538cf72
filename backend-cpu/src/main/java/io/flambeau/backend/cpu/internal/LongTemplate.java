package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** A strip by a scalar function of longs; see Note [Templates]. */
final class LongTemplate implements Strip {
    private static final Functions.OfLong FUNCTION =
            Specialiser.data(MethodHandles.lookup(), Functions.OfLong.class, 0);
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);
    private static final Element IN = Specialiser.data(MethodHandles.lookup(), Element.class, 2);
    private static final Element OUT = Specialiser.data(MethodHandles.lookup(), Element.class, 3);
    private static final long IN_BYTES = IN.bytes;
    private static final long OUT_BYTES = OUT.bytes;

    LongTemplate() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        for (int i = 0; i < n; i++) {
            long b = ARITY > 1 ? IN.i64(y + i * IN_BYTES) : 0;
            long c = ARITY > 2 ? IN.i64(z + i * IN_BYTES) : 0;
            OUT.i64(out + i * OUT_BYTES, FUNCTION.apply(IN.i64(x + i * IN_BYTES), b, c));
        }
    }
}
