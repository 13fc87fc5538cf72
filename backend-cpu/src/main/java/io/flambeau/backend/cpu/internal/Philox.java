package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorPhilox;

/**
 * Philox4x32 with 10 rounds: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 * Its blocks are numbered, so any part of the stream can be made by any thread.
 */
public final class Philox {
    private static final long M0 = 0xD2511F53L;
    private static final long M1 = 0xCD9E8D57L;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private static final Forms<Blocks> BLOCKS =
            Forms.of(Kernels.VECTOR ? VectorPhilox::new : null, (k0, k1, first, count, to) -> 0);

    /** Makes blocks of the stream, as many as it likes to make at a time. */
    public interface Blocks {
        /** Writes up to {@code count} blocks from block {@code first} on; gives the number that it wrote. */
        int run(int k0, int k1, long first, int count, long to);
    }

    private Philox() {}

    /** Writes the four words of the block with this counter and key. */
    static void block(int c0, int c1, int c2, int c3, int key0, int key1, long to) {
        int a = c0;
        int b = c1;
        int c = c2;
        int d = c3;
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long p = M0 * (a & 0xFFFFFFFFL);
            long q = M1 * (c & 0xFFFFFFFFL);
            a = (int) (q >>> 32) ^ b ^ k0;
            b = (int) q;
            c = (int) (p >>> 32) ^ d ^ k1;
            d = (int) p;
            k0 += W0;
            k1 += W1;
        }
        Mem.i32(to, a);
        Mem.i32(to + 4, b);
        Mem.i32(to + 8, c);
        Mem.i32(to + 12, d);
    }

    /** Writes {@code bytes} bytes of the stream from block {@code first} on. */
    public static void fill(long seed, long first, long to, long bytes) {
        long count = (bytes + 3) / 4;
        Workers.ranges(count, 1024, Workers.GRAIN / 4, (a, b) -> words(seed, first + a / 4, to + a * 4, (int) (b - a)));
    }

    /** Writes {@code n} words of the stream from block {@code first} on. */
    public static void words(long seed, long first, long to, int n) {
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        int made = BLOCKS.now().run(k0, k1, first, n / 4, to);
        for (int i = made; i < n / 4; i++) {
            long block = first + i;
            block((int) block, (int) (block >>> 32), 0, 0, k0, k1, to + i * 16L);
        }
        int rest = n % 4;
        if (rest > 0) {
            long block = first + n / 4;
            long last = Scratch.get(Scratch.TILE, 16);
            block((int) block, (int) (block >>> 32), 0, 0, k0, k1, last);
            for (int i = 0; i < rest; i++) {
                Mem.i32(to + (n - rest + i) * 4L, Mem.i32(last + i * 4L));
            }
        }
    }
}
