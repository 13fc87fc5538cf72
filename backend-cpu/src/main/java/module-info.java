/** Kernels for the CPU, written with the Vector API, with a plain path for where it is absent. */
module io.flambeau.backend.cpu {
    requires io.flambeau.tensor;
    requires java.management;
    requires jdk.incubator.vector;
    requires jdk.management;
    requires static org.jspecify;

    exports io.flambeau.backend.cpu;

    provides io.flambeau.tensor.spi.BackendProvider with
            io.flambeau.backend.cpu.CpuProvider;
}
