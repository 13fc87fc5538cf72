package org.example.abacus;

import io.flambeau.tck.BackendContract;
import io.flambeau.tensor.Device;

/** All that a backend must keep. */
class AbacusContractTest extends BackendContract {
    @Override
    protected Device device() {
        return new Device("abacus", 0);
    }
}
