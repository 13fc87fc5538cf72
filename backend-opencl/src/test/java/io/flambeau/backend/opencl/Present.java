package io.flambeau.backend.opencl;

import io.flambeau.tensor.spi.Probe;
import org.junit.jupiter.api.Assumptions;

/** Whether there is a device to test on; where FLAMBEAU_REQUIRE_OPENCL is true, there must be one. */
final class Present {
    private Present() {}

    static void require() {
        if (new OpenClProvider().probe() instanceof Probe.Unavailable why) {
            if (Boolean.parseBoolean(System.getenv("FLAMBEAU_REQUIRE_OPENCL"))) {
                throw new AssertionError("FLAMBEAU_REQUIRE_OPENCL is set, but OpenCL cannot be used: " + why);
            }
            Assumptions.abort("skipped, there is no OpenCL device: " + why);
        }
    }
}
