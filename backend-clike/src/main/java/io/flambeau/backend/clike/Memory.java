package io.flambeau.backend.clike;

/** The handle of a {@link io.flambeau.tensor.spi.Slab} that a {@link Driver} gave. */
public interface Memory {
    int device();

    /** The value of a pointer argument: a {@code cl_mem} or a {@code CUdeviceptr}. Kernels add offsets themselves. */
    long pointer();
}
