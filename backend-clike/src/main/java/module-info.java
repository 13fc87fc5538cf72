/** Kernels as one text for OpenCL C and CUDA C, and what launches them on any device interface. */
module io.flambeau.backend.clike {
    requires transitive io.flambeau.tensor;
    requires static org.jspecify;

    exports io.flambeau.backend.clike;
}
