/** Kernels for the CPU, written with the Vector API, with a plain path for where it is absent. */
module io.flambeau.backend.cpu {
    requires io.flambeau.tensor;
    requires jdk.incubator.vector;
    requires static org.jspecify;
}
