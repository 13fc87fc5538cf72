package io.flambeau.backend.clike;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The arguments of one launch in native memory, one block for each thread, written anew for each launch.
 *
 * <p>Note [One packing]: argument i lies at {@link #address} and is {@link #size} bytes long; {@link #pointers} is the
 * array of those addresses. That is what {@code cuLaunchKernel} takes as it is, and what {@code clSetKernelArg} takes one
 * by one. A buffer is an argument of 8 bytes: the {@code cl_mem} or the {@code CUdeviceptr}.
 */
public final class Arguments {
    private static final int MOST = 32;
    private static final int BYTES = 4096;
    private static final ThreadLocal<Arguments> CURRENT = ThreadLocal.withInitial(Arguments::new);

    private final MemorySegment block;
    private final MemorySegment pointers;
    private final int[] sizes = new int[MOST];
    private int count;
    private int used;

    private Arguments() {
        Arena arena = Arena.ofAuto();
        block = arena.allocate(BYTES, 64);
        pointers = arena.allocate(8L * MOST, 8);
    }

    /** This thread's block, empty. */
    public static Arguments begin() {
        Arguments arguments = CURRENT.get();
        arguments.count = 0;
        arguments.used = 0;
        return arguments;
    }

    /** How many arguments there are. */
    public int count() {
        return count;
    }

    /** The bytes of an argument. */
    public int size(int argument) {
        return sizes[argument];
    }

    /** Where an argument lies. */
    public long address(int argument) {
        return pointers.getAtIndex(ValueLayout.JAVA_LONG, argument);
    }

    /** The addresses of all arguments, one after another: a {@code void **}. */
    public MemorySegment pointers() {
        return pointers;
    }

    /** Adds a buffer. */
    public Arguments buffer(Memory memory) {
        return i64(memory.pointer());
    }

    public Arguments i64(long value) {
        block.set(ValueLayout.JAVA_LONG, reserve(8), value);
        return this;
    }

    public Arguments i32(int value) {
        block.set(ValueLayout.JAVA_INT, reserve(4), value);
        return this;
    }

    public Arguments f32(float value) {
        block.set(ValueLayout.JAVA_FLOAT, reserve(4), value);
        return this;
    }

    public Arguments f64(double value) {
        block.set(ValueLayout.JAVA_DOUBLE, reserve(8), value);
        return this;
    }

    /** Adds a struct of this size, aligned to 8 bytes, to be filled by {@code put} with offsets from the result on. */
    public int struct(int bytes) {
        return reserve(bytes);
    }

    public void put(int offset, long value) {
        block.set(ValueLayout.JAVA_LONG, offset, value);
    }

    public void put(int offset, int value) {
        block.set(ValueLayout.JAVA_INT, offset, value);
    }

    public void put(int offset, double value) {
        block.set(ValueLayout.JAVA_DOUBLE, offset, value);
    }

    public void put(int offset, float value) {
        block.set(ValueLayout.JAVA_FLOAT, offset, value);
    }

    private int reserve(int bytes) {
        int at = used;
        sizes[count] = bytes;
        pointers.setAtIndex(ValueLayout.JAVA_LONG, count++, block.address() + at);
        used = at + (bytes + 7 & -8);
        if (used > BYTES) {
            throw new IllegalStateException("the arguments of a launch exceed " + BYTES + " bytes");
        }
        return at;
    }
}
