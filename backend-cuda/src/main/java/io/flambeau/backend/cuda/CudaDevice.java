package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.Arguments;
import io.flambeau.backend.clike.DeviceInfo;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/**
 * A device: its primary context, which cuBLAS and cuDNN share, and one stream, on which everything happens in order.
 *
 * <p>Note [The context of a thread]: the driver keeps the current context for each thread of the system. Every method
 * that calls the driver sets it first, which costs less than finding out whether it is set; nothing between that and the
 * call can block, so a virtual thread stays on its carrier.
 */
final class CudaDevice {
    private static final int NON_BLOCKING = 1;
    private static final int GROUP = 256;
    private static final boolean WAITING = Boolean.getBoolean("flambeau.cuda.sync");

    private final int index;
    private final int architecture;
    private final DeviceInfo info;
    private final long context;
    private final Handle.Stream stream = new Handle.Stream();
    private final Staging staging;
    private Handle.@Nullable Stream spare;
    private volatile @Nullable CudaCapture capture;

    CudaDevice(int index) {
        this.index = index;
        CUdevice device = new CUdevice();
        Libcuda.check(JCudaDriver.cuDeviceGet(device, index), "cuDeviceGet");
        architecture = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR) * 10
                + attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        long[] bytes = new long[1];
        Libcuda.check(JCudaDriver.cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem");
        info = new DeviceInfo(
                name(device) + ", compute capability " + architecture / 10 + "." + architecture % 10,
                bytes[0],
                true,
                GROUP,
                attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)
                        * attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR)
                        / GROUP);
        Handle.Context primary = new Handle.Context();
        Libcuda.check(JCudaDriver.cuDevicePrimaryCtxRetain(primary, device), "cuDevicePrimaryCtxRetain");
        context = primary.address();
        enter();
        Libcuda.check(JCudaDriver.cuStreamCreate(stream, NON_BLOCKING), "cuStreamCreate");
        staging = new Staging(stream);
    }

    private static int attribute(CUdevice device, int attribute) {
        int[] value = new int[1];
        Libcuda.check(JCudaDriver.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
        return value[0];
    }

    private static String name(CUdevice device) {
        byte[] text = new byte[256];
        Libcuda.check(JCudaDriver.cuDeviceGetName(text, text.length, device), "cuDeviceGetName");
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** The device that holds a view's memory. */
    static CudaDevice of(View view) {
        return ((CudaMemory) view.storage().slab().handle()).owner();
    }

    int index() {
        return index;
    }

    /** The compute capability as one number: 90 for 9.0. */
    int architecture() {
        return architecture;
    }

    DeviceInfo info() {
        return info;
    }

    /** Makes the context this thread's; see Note [The context of a thread]. */
    void enter() {
        Libcuda.enter(context);
    }

    /** The stream of this thread's work. */
    private Handle.Stream current() {
        CudaCapture own = capturing();
        return own == null ? stream : own.stream();
    }

    /** The address of the stream of this thread's work, for libraries. */
    long stream() {
        return current().address();
    }

    /** What captures this thread's work, or null. */
    @Nullable CudaCapture capturing() {
        CudaCapture running = capture;
        return running != null && running.isMine() ? running : null;
    }

    synchronized CudaCapture capture() {
        if (capture != null) {
            throw new DeviceException(
                    "capture",
                    "another thread is capturing work of cuda:" + index + "; one at a time can",
                    Fault.NOT_CAPTURABLE);
        }
        enter();
        if (spare == null) {
            Handle.Stream fresh = new Handle.Stream();
            Libcuda.check(JCudaDriver.cuStreamCreate(fresh, NON_BLOCKING), "cuStreamCreate");
            spare = fresh;
        }
        CudaCapture begun = new CudaCapture(this, spare);
        capture = begun;
        return begun;
    }

    /** Ends the capture. */
    void captured() {
        capture = null;
    }

    /** Queues a captured graph. */
    void queue(CUgraphExec work) {
        enter();
        Libcuda.check(JCudaDriver.cuGraphLaunch(work, stream), "cuGraphLaunch");
    }

    @Nullable Slab allocate(long bytes) {
        enter();
        Handle.DeviceMemory memory = new Handle.DeviceMemory();
        int status = JCudaDriver.cuMemAlloc(memory, bytes);
        if (status == Libcuda.OUT_OF_MEMORY) {
            return null;
        }
        Libcuda.check(status, "cuMemAlloc");
        return new Slab(new CudaMemory(this, memory), memory.address(), bytes);
    }

    /** Waits for all queued work, as the driver does when memory goes. */
    void free(CudaMemory memory) {
        enter();
        Libcuda.check(JCudaDriver.cuMemFree(memory.at()), "cuMemFree");
    }

    synchronized void upload(MemorySegment from, CudaMemory to, long offset) {
        enter();
        staging.upload(from, to.at(), offset);
    }

    synchronized void download(CudaMemory from, long offset, MemorySegment to) {
        enter();
        staging.download(from.at(), offset, to);
    }

    /** Two downloads with one wait; the second is small. */
    synchronized void download(CudaMemory from, long offset, MemorySegment to, CudaMemory second, MemorySegment small) {
        enter();
        staging.aside(second.at(), small.byteSize());
        staging.download(from.at(), offset, to);
        if (to.byteSize() == 0) {
            synchronize();
        }
        staging.takeAside(small);
    }

    void copy(CudaMemory from, long fromOffset, CudaMemory to, long toOffset, long bytes) {
        enter();
        Libcuda.check(
                JCudaDriver.cuMemcpyDtoDAsync(to.plus(toOffset), from.plus(fromOffset), bytes, current()),
                "cuMemcpyDtoDAsync");
    }

    void synchronize() {
        enter();
        Libcuda.check(JCudaDriver.cuStreamSynchronize(stream), "cuStreamSynchronize");
    }

    void launch(CudaProgram.Kernel kernel, int groups, int local, Arguments arguments) {
        enter();
        int status = Libcuda.launch(kernel.function(), groups, local, stream(), arguments.pointers());
        if (status != 0) {
            Libcuda.check(status, "launch " + kernel.name());
        }
        if (WAITING && capturing() == null) {
            Libcuda.check(JCudaDriver.cuStreamSynchronize(stream), "run " + kernel.name());
        }
    }
}
