package io.flambeau.backend.cpu;

import io.flambeau.tck.BackendContract;
import io.flambeau.tensor.Device;

/** The CPU backend keeps the laws of the kit; what it does not keep is in {@code flambeau-tck/cpu.exclusions}. */
class CpuContractTest extends BackendContract {
    @Override
    protected Device device() {
        return Device.CPU;
    }
}
