package io.flambeau.tensor.internal.linalg;

import io.flambeau.tensor.spi.RowSteps;

/** Steps taken at once on rows of so many doubles; real steps act alike on real and complex rows. */
record VectorRows(double[] a, int row) implements RowSteps {
    @Override
    public void rotate(int x, int y, double c, double s) {
        Rotation.apply(c, s, row, a, x * row, y * row);
    }

    @Override
    public void swap(int x, int y) {
        for (int k = 0; k < row; k++) {
            double t = a[x * row + k];
            a[x * row + k] = a[y * row + k];
            a[y * row + k] = t;
        }
    }

    @Override
    public void negate(int x) {
        for (int k = x * row; k < (x + 1) * row; k++) {
            a[k] = -a[k];
        }
    }
}
