package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.Tiles;

/**
 * Chooses, once per JVM, between the vector kernels and the plain ones.
 *
 * <p>The property {@code flambeau.cpu.vector} may be {@code off}, {@code 128}, {@code 256}, {@code 512} or {@code auto}
 * (the machine's preferred width). Without the module {@code jdk.incubator.vector} the plain path runs.
 */
public final class Kernels {
    /** Whether the Vector API is there and wanted. */
    public static final boolean VECTOR =
            !System.getProperty("flambeau.cpu.vector", "auto").equals("off") && present();

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

    static MicroKernel floatTile(boolean tall) {
        return VECTOR ? Tiles.floats(tall && Tiles.tall() ? 8 : 4) : new PlainMicroKernel.F32(tall ? 8 : 4);
    }

    static MicroKernel doubleTile(boolean tall) {
        return VECTOR ? Tiles.doubles(tall && Tiles.tall() ? 8 : 4) : new PlainMicroKernel.F64(tall ? 8 : 4);
    }
}
