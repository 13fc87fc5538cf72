package io.flambeau.backend.opencl;

import io.flambeau.backend.clike.CLikeBackend;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** The kernels that all devices share, and CLBlast's products before ours where it is found. */
final class OpenClBackend extends CLikeBackend {
    private final OpenClDriver driver;
    private final @Nullable Blast products;

    OpenClBackend(OpenClDriver driver, @Nullable Blast products) {
        super(driver);
        this.driver = driver;
        this.products = products;
    }

    @Override
    public void matmul(View x, View y, View out) {
        if (products == null || !products.multiply(driver, x, y, out)) {
            super.matmul(x, y, out);
        }
    }
}
