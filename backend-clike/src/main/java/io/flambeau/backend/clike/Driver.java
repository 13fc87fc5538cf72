package io.flambeau.backend.clike;

import io.flambeau.tensor.spi.Capture;
import io.flambeau.tensor.spi.Slab;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an interface to devices, such as OpenCL's or CUDA's, must give so that {@link CLikeBackend} runs on it.
 *
 * <p>Each device has one stream, on which uploads, copies and launches happen in the order of the calls; all of them may
 * return before the work is done. A fault of queued work may surface at any later call, as a
 * {@link io.flambeau.tensor.DeviceException}. Methods may be called by many threads.
 */
public interface Driver {
    /** The number of devices. */
    int devices();

    /** What a device is and can do. */
    DeviceInfo info(int device);

    /** Takes memory from the device, aligned to 64 bytes, whose handle is a {@link Memory}; null if there is none. */
    @Nullable Slab allocate(int device, long bytes);

    /** Gives memory back once the work queued so far is done with it. */
    void free(Slab slab);

    /** Copies host bytes to the device; they may be changed as soon as this returns. Heap segments are allowed. */
    void upload(MemorySegment from, Memory to, long offset);

    /** Copies bytes to the host and waits for the work that produces them. Heap segments are allowed. */
    void download(Memory from, long offset, MemorySegment to);

    /** Copies two ranges of a device to the host, if possible with one wait for both. */
    default void download(Memory from, long offset, MemorySegment to, Memory second, MemorySegment secondTo) {
        download(from, offset, to);
        download(second, 0, secondTo);
    }

    /** Copies bytes within a device; the ranges do not overlap. */
    void copy(Memory from, long fromOffset, Memory to, long toOffset, long bytes);

    /** Whether any source can be built, or only those of our own operations, which were compiled before. */
    default boolean isOpen() {
        return true;
    }

    /** Whether a {@link Memory#pointer} is an address, from which a kernel may reach all memory of its device. */
    default boolean isFlat() {
        return false;
    }

    /** As {@link io.flambeau.tensor.spi.Backend#capture}; uploads go past it, to where replays come behind them. */
    default @Nullable Capture capture(int device) {
        return null;
    }

    /** Waits for all queued work. */
    void synchronize(int device);

    /**
     * Compiles a source, or takes it from a {@link KernelCache}.
     *
     * @param title what errors call the source
     * @param source the text, preludes included; it tells OpenCL C, CUDA C and C++ apart by their own macros
     * @param defines macros, each {@code NAME=value}
     */
    Program build(int device, String title, String source, List<String> defines);

    /**
     * Queues a kernel of one dimension.
     *
     * @param kernel from {@link Program#kernel}
     * @param groups the number of work-groups, at least 1
     * @param local work-items in a group
     * @param arguments read before this returns
     */
    void launch(int device, Program.Kernel kernel, int groups, int local, Arguments arguments);
}
