package io.flambeau.backend.cuda;

import java.util.List;

/** Where a device's code for kernels comes from. */
sealed interface KernelCompiler permits Nvrtc, ShippedKernels {
    /** Machine code, or PTX that ends with a zero, for a device of an architecture that it serves. */
    byte[] code(String title, String source, List<String> defines, int architecture);

    /** Whether it has code for this device, in some form. */
    boolean serves(int architecture);

    /** The oldest architecture that it serves. */
    int oldest();

    /** Whether it takes any source, or only those of our own operations. */
    boolean isOpen();
}
