package io.flambeau.backend.cpu.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Working memory of one thread: a few slots that grow and are reused, so that no kernel allocates in its steady state.
 *
 * <p>A slot belongs to one level of the call tree (see its constant): a caller's slot is never taken by what it calls.
 */
public final class Scratch {
    /** Packed blocks of the right and left factor and the tile of a micro-kernel. */
    public static final int PACK_B = 0;

    public static final int PACK_A = 1;
    public static final int PACK_REST = 7;
    public static final int TILE = 2;

    /** Staged operands of an elementwise, reduction or copying kernel. */
    public static final int STAGE = 3;

    /** Whatever a fused kernel needs around the families it calls. */
    public static final int FUSED = 4;

    /** A second buffer of a fused kernel, and the columns of a convolution. */
    public static final int COLUMNS = 5;

    /** Widened operands of half precision products. */
    public static final int WIDE = 6;

    /** Partial results of a reduction. */
    public static final int REDUCE = 8;

    /** The value of an immediate operand. */
    public static final int SCALAR = 9;

    /** What a fused kernel shares between its threads. */
    public static final int SHARED = 10;

    private static final int SLOTS = 11;
    private static final ThreadLocal<Scratch> LOCAL = ThreadLocal.withInitial(Scratch::new);

    private final MemorySegment[] segments = new MemorySegment[SLOTS];
    private final long[] addresses = new long[SLOTS];
    private final long[] sizes = new long[SLOTS];

    private float[] floats = new float[0];

    private Scratch() {}

    /**
     * The address of at least {@code bytes} bytes, 64-byte aligned, valid until this thread asks for the slot again.
     */
    public static long get(int slot, long bytes) {
        Scratch scratch = LOCAL.get();
        if (scratch.sizes[slot] < bytes) {
            scratch.grow(slot, bytes);
        }
        return scratch.addresses[slot];
    }

    /** At least {@code count} floats on the heap, which nobody keeps; see Note [Plain loops on the heap]. */
    static float[] floats(int count) {
        Scratch scratch = LOCAL.get();
        if (scratch.floats.length < count) {
            scratch.floats = new float[count + count / 4];
        }
        return scratch.floats;
    }

    private void grow(int slot, long bytes) {
        long size = Math.max(4096, bytes + bytes / 4 + 63 & -64);
        segments[slot] = Arena.ofAuto().allocate(size, 64);
        addresses[slot] = segments[slot].address();
        sizes[slot] = size;
    }
}
