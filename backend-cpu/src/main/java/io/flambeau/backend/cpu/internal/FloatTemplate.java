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

    private static final int PART = 1024;

    /** Fewer elements are not worth a copy. */
    private static final int FEW = 64;

    FloatTemplate() {}

    @Override
    public void run(int n, long x, long y, long z, long out) {
        if (IN == Element.F32 && OUT == Element.F32 && n >= FEW) {
            parts(n, x, y, z, out);
            return;
        }
        for (int i = 0; i < n; i++) {
            float b = ARITY > 1 ? IN.f32(y + i * IN_BYTES) : 0;
            float c = ARITY > 2 ? IN.f32(z + i * IN_BYTES) : 0;
            OUT.f32(out + i * OUT_BYTES, FUNCTION.apply(IN.f32(x + i * IN_BYTES), b, c));
        }
    }

    /** See Note [Plain loops on the heap]. */
    private static void parts(int n, long x, long y, long z, long out) {
        float[] heap = Scratch.floats(3 * PART);
        for (int from = 0; from < n; from += PART) {
            long at = from * 4L;
            part(Math.min(PART, n - from), x + at, y + at, z + at, out + at, heap);
        }
    }

    private static void part(int n, long x, long y, long z, long out, float[] heap) {
        Mem.read(x, heap, 0, n);
        if (ARITY > 1) {
            Mem.read(y, heap, PART, n);
        }
        if (ARITY > 2) {
            Mem.read(z, heap, 2 * PART, n);
        }
        for (int i = 0; i < n; i++) {
            float b = ARITY > 1 ? heap[PART + i] : 0;
            float c = ARITY > 2 ? heap[2 * PART + i] : 0;
            heap[i] = FUNCTION.apply(heap[i], b, c);
        }
        Mem.write(heap, 0, n, out);
    }
}
