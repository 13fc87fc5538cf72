package io.flambeau.tensor.spi;

/** Which layouts kernels take. */
public enum Layouts {
    /** Any strides. */
    STRIDED,
    /** Row-major without gaps; the API packs anything else first. */
    CONTIGUOUS
}
