package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.Memory;
import jcuda.driver.CUdeviceptr;

/** A block of a device's memory. */
record CudaMemory(CudaDevice owner, Handle.DeviceMemory at) implements Memory {
    @Override
    public int device() {
        return owner.index();
    }

    @Override
    public long pointer() {
        return at.address();
    }

    CUdeviceptr plus(long offset) {
        return at.withByteOffset(offset);
    }
}
