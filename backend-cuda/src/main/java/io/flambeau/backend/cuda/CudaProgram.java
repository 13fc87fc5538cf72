package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.Program;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** A loaded module. */
final class CudaProgram implements Program {
    private final CudaDevice device;
    private final CUmodule module = new CUmodule();
    private final Map<String, Kernel> kernels = new ConcurrentHashMap<>();

    /** A kernel; its name is for errors. */
    record Kernel(String name, long function) implements Program.Kernel {}

    /**
     * Loads machine code, or PTX that ends with a zero.
     *
     * @param title what errors call it
     */
    CudaProgram(CudaDevice device, String title, byte[] code) {
        this.device = device;
        device.enter();
        Libcuda.check(JCudaDriver.cuModuleLoadData(module, code), "load the kernels of " + title);
    }

    @Override
    public Program.Kernel kernel(String name) {
        return kernels.computeIfAbsent(name, key -> {
            device.enter();
            Handle.Function function = new Handle.Function();
            Libcuda.check(JCudaDriver.cuModuleGetFunction(function, module, key), "find the kernel " + key);
            return new Kernel(key, function.address());
        });
    }
}
