package io.flambeau.backend.cuda;

import java.util.Optional;

/**
 * NVIDIA's libraries that make some operations faster, where they are found. Each can be left alone by
 * {@code -Dflambeau.cuda.cublas=false} and {@code -Dflambeau.cuda.cudnn=false}.
 */
record Libraries(Optional<Cublas> products, Optional<Cudnn> convolutions) {
    static final Libraries NONE = new Libraries(Optional.empty(), Optional.empty());

    /** Those that a driver of this major version serves. */
    static Libraries find(int driver) {
        return new Libraries(
                isWanted("cublas") ? Cublas.find(driver) : Optional.empty(),
                isWanted("cudnn") ? Cudnn.find() : Optional.empty());
    }

    private static boolean isWanted(String library) {
        return Boolean.parseBoolean(System.getProperty("flambeau.cuda." + library, "true"));
    }

    @Override
    public String toString() {
        return products.map(Cublas::toString).orElse("no cuBLAS") + ", "
                + convolutions.map(Cudnn::toString).orElse("no cuDNN")
                + (products.isEmpty() || convolutions.isEmpty() ? " (own kernels, slower)" : "");
    }
}
