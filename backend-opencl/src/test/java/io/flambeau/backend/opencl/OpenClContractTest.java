package io.flambeau.backend.opencl;

import io.flambeau.tck.BackendContract;
import io.flambeau.tensor.Device;
import org.junit.jupiter.api.BeforeAll;

/** The OpenCL backend keeps the laws of the kit; what it does not keep is in {@code flambeau-tck/opencl.exclusions}. */
class OpenClContractTest extends BackendContract {
    @BeforeAll
    static void needsADevice() {
        Present.require();
    }

    @Override
    protected Device device() {
        return new Device("opencl", 0);
    }
}
