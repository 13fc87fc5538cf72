package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.Arguments;
import io.flambeau.backend.clike.DeviceInfo;
import io.flambeau.backend.clike.Driver;
import io.flambeau.backend.clike.Memory;
import io.flambeau.backend.clike.Program;
import io.flambeau.tensor.spi.Capture;
import io.flambeau.tensor.spi.Slab;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All devices of the CUDA driver, opened at their first use. */
final class CudaDriver implements Driver {
    private final Ladder.Top found;
    private final @Nullable CudaDevice[] devices;

    /** @param found what the ladder found on its top */
    CudaDriver(Ladder.Top found) {
        this.found = found;
        this.devices = new CudaDevice[found.devices().size()];
        JCudaLoading.load();
    }

    CudaDevice device(int index) {
        CudaDevice device = devices[index];
        return device == null ? open(index) : device;
    }

    private synchronized CudaDevice open(int index) {
        CudaDevice device = devices[index];
        if (device == null) {
            device = new CudaDevice(index);
            devices[index] = device;
        }
        return device;
    }

    @Override
    public int devices() {
        return devices.length;
    }

    @Override
    public DeviceInfo info(int device) {
        return device(device).info();
    }

    @Override
    public @Nullable Slab allocate(int device, long bytes) {
        return device(device).allocate(bytes);
    }

    @Override
    public void free(Slab slab) {
        CudaMemory memory = (CudaMemory) slab.handle();
        memory.owner().free(memory);
    }

    @Override
    public void upload(MemorySegment from, Memory to, long offset) {
        CudaMemory memory = (CudaMemory) to;
        memory.owner().upload(from, memory, offset);
    }

    @Override
    public void download(Memory from, long offset, MemorySegment to) {
        CudaMemory memory = (CudaMemory) from;
        memory.owner().download(memory, offset, to);
    }

    @Override
    public void download(Memory from, long offset, MemorySegment to, Memory second, MemorySegment secondTo) {
        CudaMemory memory = (CudaMemory) from;
        memory.owner().download(memory, offset, to, (CudaMemory) second, secondTo);
    }

    @Override
    public void copy(Memory from, long fromOffset, Memory to, long toOffset, long bytes) {
        CudaMemory memory = (CudaMemory) from;
        memory.owner().copy(memory, fromOffset, (CudaMemory) to, toOffset, bytes);
    }

    @Override
    public Capture capture(int device) {
        return device(device).capture();
    }

    @Override
    public boolean isOpen() {
        return found.compiler().isOpen();
    }

    @Override
    public boolean isFlat() {
        return true;
    }

    @Override
    public void synchronize(int device) {
        device(device).synchronize();
    }

    @Override
    public Program build(int device, String title, String source, List<String> defines) {
        CudaDevice on = device(device);
        return new CudaProgram(on, title, found.compiler().code(title, source, defines, on.architecture()));
    }

    @Override
    public void launch(int device, Program.Kernel kernel, int groups, int local, Arguments arguments) {
        device(device).launch((CudaProgram.Kernel) kernel, groups, local, arguments);
    }
}
