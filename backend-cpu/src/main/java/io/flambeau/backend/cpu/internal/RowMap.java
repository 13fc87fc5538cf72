package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** A row function without vectors; see Note [Templates]. */
final class RowMap implements Row.Map {
    private static final int ARITY = Specialiser.data(MethodHandles.lookup(), Integer.class, 0);
    private static final Row.Function FUNCTION = Specialiser.data(MethodHandles.lookup(), Row.Function.class, 1);

    private static final int PART = 1024;

    /** Fewer elements are not worth a copy. */
    private static final int FEW = 64;

    RowMap() {}

    @Override
    public void run(int n, long x, long y, long z, long out, float a, float b, float c) {
        if (n >= FEW) {
            parts(n, x, y, z, out, a, b, c);
            return;
        }
        for (int i = 0; i < n; i++) {
            float v = ARITY > 1 ? Mem.f32(y + i * 4L) : 0;
            float w = ARITY > 2 ? Mem.f32(z + i * 4L) : 0;
            Mem.f32(out + i * 4L, FUNCTION.apply(Mem.f32(x + i * 4L), v, w, a, b, c));
        }
    }

    /** See Note [Plain loops on the heap]. */
    private static void parts(int n, long x, long y, long z, long out, float a, float b, float c) {
        float[] heap = Scratch.floats(3 * PART);
        for (int from = 0; from < n; from += PART) {
            long at = from * 4L;
            part(Math.min(PART, n - from), x + at, y + at, z + at, out + at, a, b, c, heap);
        }
    }

    private static void part(int n, long x, long y, long z, long out, float a, float b, float c, float[] heap) {
        Mem.read(x, heap, 0, n);
        if (ARITY > 1) {
            Mem.read(y, heap, PART, n);
        }
        if (ARITY > 2) {
            Mem.read(z, heap, 2 * PART, n);
        }
        for (int i = 0; i < n; i++) {
            float v = ARITY > 1 ? heap[PART + i] : 0;
            float w = ARITY > 2 ? heap[2 * PART + i] : 0;
            heap[i] = FUNCTION.apply(heap[i], v, w, a, b, c);
        }
        Mem.write(heap, 0, n, out);
    }
}
