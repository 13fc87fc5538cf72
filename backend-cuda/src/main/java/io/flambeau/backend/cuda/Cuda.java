package io.flambeau.backend.cuda;

/**
 * Switches of the CUDA devices, for all threads.
 *
 * <p>TF32 computes F32 products on tensor cores with ten bits of mantissa: several times as fast, with about three
 * decimal digits. The defaults are PyTorch's: not for matrix products, but for cuDNN's convolutions.
 */
public final class Cuda {
    private static volatile boolean tf32Products = Boolean.getBoolean("flambeau.cuda.tf32.products");
    private static volatile boolean tf32Convolutions =
            Boolean.parseBoolean(System.getProperty("flambeau.cuda.tf32.convolutions", "true"));

    private Cuda() {}

    /** Whether cuBLAS may compute products of F32 matrices in TF32; at first only if {@code -Dflambeau.cuda.tf32.products=true}. */
    public static boolean allowsTf32Products() {
        return tf32Products;
    }

    /** Lets cuBLAS compute products of F32 matrices in TF32, or not. */
    public static void allowTf32Products(boolean allowed) {
        tf32Products = allowed;
    }

    /** Whether cuDNN may convolve F32 images in TF32; at first, unless {@code -Dflambeau.cuda.tf32.convolutions=false}. */
    public static boolean allowsTf32Convolutions() {
        return tf32Convolutions;
    }

    /** Lets cuDNN convolve F32 images in TF32, or not. */
    public static void allowTf32Convolutions(boolean allowed) {
        tf32Convolutions = allowed;
    }
}
