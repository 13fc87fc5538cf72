package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.MicroKernel;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels of this vector width, and how their tiles join the result.
 *
 * <p>Note [Small micro-kernels]: C1 refuses methods of about 2,000 bytes of bytecode that use vectors and such a method
 * may stay slow for ever, so a kernel is one loop that ends in a small tile of memory. Rows are read at constant
 * distances from a base and an int counter; a running offset made the accumulators objects. Eight rows by two vectors
 * need 19 registers; machines with 16 (AVX2) take four.
 */
public final class Tiles {
    private Tiles() {}

    public static MicroKernel floats(int rows) {
        return rows == 8 ? new FloatTile8() : new FloatTile4();
    }

    public static MicroKernel doubles(int rows) {
        return rows == 8 ? new DoubleTile8() : new DoubleTile4();
    }

    /** The width of the vectors. */
    public static int bits() {
        return Lanes.BYTES * 8;
    }

    /** Whether the machine has vector registers for a tile of eight rows. */
    public static boolean tall() {
        return Lanes.BYTES != 32;
    }

    static void copy(int depth, long from, long step, long to) {
        for (int k = 0; k < depth; k++) {
            FloatVector x = Lanes.load(from + k * step);
            FloatVector y = Lanes.load(from + k * step + Lanes.BYTES);
            x.intoMemorySegment(Mem.ALL, to + k * (2L * Lanes.BYTES), Lanes.ORDER);
            y.intoMemorySegment(Mem.ALL, to + k * (2L * Lanes.BYTES) + Lanes.BYTES, Lanes.ORDER);
        }
    }

    static void mergeFloat(long tile, int height, long c, long pitch, boolean add) {
        for (int i = 0; i < height; i++) {
            long from = tile + i * (2L * Lanes.BYTES);
            long to = c + i * pitch;
            FloatVector x = Lanes.load(from);
            FloatVector y = Lanes.load(from + Lanes.BYTES);
            if (add) {
                x = Lanes.load(to).add(x);
                y = Lanes.load(to + Lanes.BYTES).add(y);
            }
            x.intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
            y.intoMemorySegment(Mem.ALL, to + Lanes.BYTES, Lanes.ORDER);
        }
    }

    static void mergeDouble(long tile, int height, long c, long pitch, boolean add) {
        for (int i = 0; i < height; i++) {
            long from = tile + i * (2L * Lanes.BYTES);
            long to = c + i * pitch;
            DoubleVector x = loadDouble(from);
            DoubleVector y = loadDouble(from + Lanes.BYTES);
            if (add) {
                x = loadDouble(to).add(x);
                y = loadDouble(to + Lanes.BYTES).add(y);
            }
            x.intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
            y.intoMemorySegment(Mem.ALL, to + Lanes.BYTES, Lanes.ORDER);
        }
    }

    private static DoubleVector loadDouble(long a) {
        return DoubleVector.fromMemorySegment(Lanes.F64, Mem.ALL, a, Lanes.ORDER);
    }
}
