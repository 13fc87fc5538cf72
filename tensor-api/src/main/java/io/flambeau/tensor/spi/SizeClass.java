package io.flambeau.tensor.spi;

/** Rounds small sizes up to classes, so that blocks are exchanged between tensors of nearly equal size. */
final class SizeClass {
    static final int ALIGNMENT = 64;
    private static final int FINE = 1024;
    /** The largest size that has a class; larger blocks come from the pool's tree. */
    static final int LARGEST = 64 * 1024;

    static final int COUNT = FINE / ALIGNMENT + 4 * 6;

    private SizeClass() {}

    /** The class of a size: steps of 64 bytes up to 1 KiB, then four steps to each power of two. */
    static int of(long bytes) {
        if (bytes <= FINE) {
            return (int) Math.max((bytes + ALIGNMENT - 1) / ALIGNMENT - 1, 0);
        }
        int log = 63 - Long.numberOfLeadingZeros(bytes - 1);
        int quarter = (int) ((bytes - 1) >>> (log - 2)) & 3;
        return FINE / ALIGNMENT + (log - 10) * 4 + quarter;
    }

    /** The bytes of every block of a class. */
    static long bytes(int sizeClass) {
        if (sizeClass < FINE / ALIGNMENT) {
            return (sizeClass + 1L) * ALIGNMENT;
        }
        int step = sizeClass - FINE / ALIGNMENT;
        long power = 1024L << (step / 4);
        return power + (step % 4 + 1) * (power / 4);
    }
}
