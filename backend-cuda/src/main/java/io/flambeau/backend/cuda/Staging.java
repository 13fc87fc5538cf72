package io.flambeau.backend.cuda;

import java.lang.foreign.MemorySegment;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/**
 * Page-locked host memory through which copies pass: only from there does the device copy by itself, while the host goes
 * on. It is a ring of chunks; a chunk is written again when the copies that read it have passed, which an event tells.
 * Guarded by the device that owns it.
 */
final class Staging {
    private static final int CHUNKS = 4;
    private static final int CHUNK = 2 << 20;
    private static final int ALIGNMENT = 64;
    /** Bytes behind the ring, for what is copied beside a download. */
    private static final int ASIDE = 64;

    private static final long BYTES = (long) CHUNKS * CHUNK + ASIDE;
    private static final int DISABLE_TIMING = 2;

    private final Handle.Stream stream;
    private final Handle.HostMemory pointer = new Handle.HostMemory();
    private final MemorySegment memory;
    private final CUevent[] passed = new CUevent[CHUNKS];
    private int chunk;
    private int used;

    Staging(Handle.Stream stream) {
        this.stream = stream;
        Libcuda.check(JCudaDriver.cuMemHostAlloc(pointer, BYTES, 0), "cuMemHostAlloc");
        memory = MemorySegment.ofAddress(pointer.address()).reinterpret(BYTES);
        for (int i = 0; i < CHUNKS; i++) {
            passed[i] = new CUevent();
            Libcuda.check(JCudaDriver.cuEventCreate(passed[i], DISABLE_TIMING), "cuEventCreate");
        }
    }

    /** Queues a copy to the device; the source is read before this returns. */
    void upload(MemorySegment from, CUdeviceptr to, long offset) {
        long bytes = from.byteSize();
        for (long done = 0; done < bytes; ) {
            if (used == CHUNK) {
                next();
            }
            int part = (int) Math.min(bytes - done, CHUNK - used);
            long at = (long) chunk * CHUNK + used;
            MemorySegment.copy(from, done, memory, at, part);
            Libcuda.check(
                    JCudaDriver.cuMemcpyHtoDAsync(
                            to.withByteOffset(offset + done), pointer.withByteOffset(at), part, stream),
                    "cuMemcpyHtoDAsync");
            used = Math.min((used + part + ALIGNMENT - 1) & -ALIGNMENT, CHUNK);
            done += part;
        }
    }

    /** Copies to the host, some chunks on their way while one is read. When it is done, so is all that was queued. */
    void download(CUdeviceptr from, long offset, MemorySegment to) {
        long bytes = to.byteSize();
        int parts = (int) ((bytes + CHUNK - 1) / CHUNK);
        for (int i = 0; i < Math.min(parts, CHUNKS); i++) {
            fetch(from, offset, bytes, i);
        }
        for (int i = 0; i < parts; i++) {
            Libcuda.check(JCudaDriver.cuEventSynchronize(passed[i % CHUNKS]), "cuEventSynchronize");
            long at = (long) i * CHUNK;
            MemorySegment.copy(memory, (long) (i % CHUNKS) * CHUNK, to, at, Math.min(bytes - at, CHUNK));
            if (i + CHUNKS < parts) {
                fetch(from, offset, bytes, i + CHUNKS);
            }
        }
        chunk = 0;
        used = 0;
    }

    /** Queues a copy of a few bytes, which the next download will have brought when it returns. */
    void aside(CUdeviceptr from, long bytes) {
        Libcuda.check(
                JCudaDriver.cuMemcpyDtoHAsync(pointer.withByteOffset(BYTES - ASIDE), from, bytes, stream),
                "cuMemcpyDtoHAsync");
    }

    /** Reads those bytes. */
    void takeAside(MemorySegment to) {
        MemorySegment.copy(memory, BYTES - ASIDE, to, 0, to.byteSize());
    }

    private void fetch(CUdeviceptr from, long offset, long bytes, int part) {
        int into = part % CHUNKS;
        long at = (long) part * CHUNK;
        Libcuda.check(
                JCudaDriver.cuMemcpyDtoHAsync(
                        pointer.withByteOffset((long) into * CHUNK),
                        from.withByteOffset(offset + at),
                        Math.min(bytes - at, CHUNK),
                        stream),
                "cuMemcpyDtoHAsync");
        Libcuda.check(JCudaDriver.cuEventRecord(passed[into], stream), "cuEventRecord");
    }

    /** Leaves the chunk and waits until the next one may be written. */
    private void next() {
        Libcuda.check(JCudaDriver.cuEventRecord(passed[chunk], stream), "cuEventRecord");
        chunk = (chunk + 1) % CHUNKS;
        used = 0;
        Libcuda.check(JCudaDriver.cuEventSynchronize(passed[chunk]), "cuEventSynchronize");
    }
}
