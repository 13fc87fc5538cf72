package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.CLikeBackend;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** The kernels that all devices share, and NVIDIA's libraries before them where they are found. */
final class CudaBackend extends CLikeBackend {
    private final @Nullable Cublas products;
    private final @Nullable CublasLt maps;
    private final @Nullable Cudnn convolutions;

    CudaBackend(CudaDriver driver, Libraries libraries) {
        super(driver);
        products = libraries.products().orElse(null);
        maps = libraries.products().flatMap(CublasLt::beside).orElse(null);
        convolutions = libraries.convolutions().orElse(null);
    }

    @Override
    public void matmul(View x, View y, View out) {
        if (products == null || !products.multiply(CudaDevice.of(out), x, y, out)) {
            super.matmul(x, y, out);
        }
    }

    @Override
    public @Nullable Kernel kernel(Op op, Spec[] inputs) {
        Kernel kernel = convolutions == null ? null : convolutions.kernel(op, inputs);
        if (kernel != null) {
            return kernel;
        }
        Kernel own = super.kernel(op, inputs);
        Kernel map = maps == null ? null : maps.kernel(op, inputs, own);
        return map == null ? own : map;
    }
}
