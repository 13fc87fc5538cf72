package io.flambeau.backend.cpu.internal;

/** A strided matrix in memory: the distances between rows and between columns are in elements. */
public record Matrix(long address, long row, long col) {
    public Matrix transposed() {
        return new Matrix(address, col, row);
    }

    Matrix plus(long elements, int bytes) {
        return new Matrix(address + elements * bytes, row, col);
    }
}
