/** Devices of any vendor through OpenCL, bound by JOCL. */
module io.flambeau.backend.opencl {
    requires io.flambeau.backend.clike;
    requires io.flambeau.tensor;
    requires jocl;
    requires static jocl.blast;
    requires static org.jspecify;

    provides io.flambeau.tensor.spi.BackendProvider with
            io.flambeau.backend.opencl.OpenClProvider;
}
