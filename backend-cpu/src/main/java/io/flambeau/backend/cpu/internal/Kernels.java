package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.Tiles;

/**
 * Chooses, once per JVM, between the vector kernels and the plain ones.
 *
 * <p>The property {@code flambeau.cpu.vector} may be {@code auto} (the machine's preferred width, once the compiler has
 * the kernels: see {@link Forms}), {@code always} (the same from the first call on), {@code 128}, {@code 256},
 * {@code 512} (that width from the first call on), {@code off}, or {@code alternate} (both forms of kernels by turns, for
 * tests). Without the module {@code jdk.incubator.vector} the
 * plain path runs.
 */
public final class Kernels {
    private static final String WANTED = System.getProperty("flambeau.cpu.vector", "auto");

    /** Whether the Vector API is there and wanted. */
    public static final boolean VECTOR = !WANTED.equals("off") && present();

    /** Whether plain kernels stand in for those of vectors until these are compiled. */
    static final boolean STAND_INS = WANTED.equals("auto") || WANTED.equals("alternate");

    /** Whether they do every other time. */
    static final boolean ALTERNATE = WANTED.equals("alternate");

    private Kernels() {}

    /** Whether this JVM has resolved the module of the Vector API. */
    public static boolean present() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** The path and its width, for reports. */
    public static String describe() {
        return VECTOR ? "vectors of " + bits() + " bits" : "plain kernels";
    }

    /** The width of the vectors, 0 on the plain path. */
    public static int bits() {
        return VECTOR ? Tiles.bits() : 0;
    }

    static Forms<MicroKernel> floatTile(boolean tall) {
        if (!VECTOR) {
            return Forms.only(new PlainMicroKernel.F32(tall ? 8 : 4, PlainMicroKernel.COLS));
        }
        MicroKernel vector = Tiles.floats(tall && Tiles.tall() ? 8 : 4);
        return Forms.heavy(vector, new PlainMicroKernel.F32(vector.rows, vector.cols));
    }

    static MicroKernel doubleTile(boolean tall) {
        return VECTOR ? Tiles.doubles(tall && Tiles.tall() ? 8 : 4) : new PlainMicroKernel.F64(tall ? 8 : 4);
    }
}
