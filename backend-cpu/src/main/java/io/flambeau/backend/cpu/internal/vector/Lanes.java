package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector shape of this JVM, chosen once, so that every species is a constant to the compiler. */
public final class Lanes {
    /** The machine's preferred width, or the one that {@code flambeau.cpu.vector} names. */
    public static final VectorShape SHAPE = shape(System.getProperty("flambeau.cpu.vector", "auto"));

    public static final VectorSpecies<Float> F32 = VectorSpecies.of(float.class, SHAPE);
    public static final VectorSpecies<Double> F64 = VectorSpecies.of(double.class, SHAPE);
    public static final VectorSpecies<Integer> I32 = VectorSpecies.of(int.class, SHAPE);
    public static final VectorSpecies<Long> I64 = VectorSpecies.of(long.class, SHAPE);
    public static final VectorSpecies<Short> I16 = VectorSpecies.of(short.class, SHAPE);
    public static final VectorSpecies<Byte> I8 = VectorSpecies.of(byte.class, SHAPE);

    /** Bytes of one vector. */
    public static final int BYTES = SHAPE.vectorBitSize() / 8;

    public static final int FLOATS = BYTES / 4;
    public static final int DOUBLES = BYTES / 8;
    public static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Lanes() {}

    /** The vector at an address. */
    static FloatVector load(long at) {
        return FloatVector.fromMemorySegment(F32, Mem.ALL, at, ORDER);
    }

    /** The lanes of a mask; the others are 0, and their memory is not read. */
    static FloatVector load(long at, VectorMask<Float> mask) {
        return FloatVector.fromMemorySegment(F32, Mem.ALL, at, ORDER, mask);
    }

    static void store(FloatVector x, long at) {
        x.intoMemorySegment(Mem.ALL, at, ORDER);
    }

    private static VectorShape shape(String width) {
        return switch (width) {
            case "128" -> VectorShape.S_128_BIT;
            case "256" -> VectorShape.S_256_BIT;
            case "512" -> VectorShape.S_512_BIT;
            default -> VectorShape.preferredShape();
        };
    }
}
