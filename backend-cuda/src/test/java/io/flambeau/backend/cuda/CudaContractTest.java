package io.flambeau.backend.cuda;

import io.flambeau.tck.BackendContract;
import io.flambeau.tensor.Device;

/** The conformance kit on a driver without a GPU. */
class CudaContractTest extends BackendContract {
    @Override
    protected Device device() {
        return FakeCuda.device();
    }
}
