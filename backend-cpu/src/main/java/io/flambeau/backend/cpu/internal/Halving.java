package io.flambeau.backend.cpu.internal;

/** The greatest of each window of two by two of a plane, and its place. */
@FunctionalInterface
public interface Halving {
    /**
     * @param rows of windows
     * @param n windows in a row
     * @param x the plane
     * @param width the elements of a row of the plane
     * @param places of type I64
     */
    void run(int rows, int n, long x, int width, long values, long places);

    /** One window, whose corner is the element {@code at}. */
    static void window(long x, int at, int width, long value, long place) {
        int best = better(x, better(x, better(x, at, at + 1), at + width), at + width + 1);
        Mem.f32(value, Mem.f32(x + best * 4L));
        Mem.i64(place, best);
    }

    private static int better(long x, int best, int next) {
        return beats(Mem.f32(x + next * 4L), Mem.f32(x + best * 4L)) ? next : best;
    }

    /** Whether a number takes the place of the best so far: greater, or the first NaN. */
    static boolean beats(float next, float best) {
        return next > best || next != next && best == best;
    }
}
