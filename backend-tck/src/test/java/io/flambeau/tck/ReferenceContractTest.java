package io.flambeau.tck;

import io.flambeau.tensor.Device;

/** The reference backend keeps the laws it is the measure of: those that compare it with itself. */
class ReferenceContractTest extends BackendContract {
    @Override
    protected Device device() {
        return Case.REFERENCE;
    }
}
