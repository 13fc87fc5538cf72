package io.flambeau.tensor.op;

import io.flambeau.tensor.Tensor;

/** The gradient of a running product. */
final class CumulativeProduct {
    private CumulativeProduct() {}

    /**
     * Output j depends on input k for j >= k with the slope prod of the others up to j. Summed from the right without
     * a division, so that zeros are exact: r[k] = g[k] + x[k + 1] r[k + 1], and the gradient is before[k] r[k].
     */
    static Tensor gradient(Tensor g, Tensor x, Tensor y, int axis) {
        long n = x.size(axis);
        if (n == 0) {
            return g;
        }
        Tensor[] factor = x.conj().unbind(axis);
        Tensor[] cotangent = g.unbind(axis);
        Tensor[] product = y.conj().unbind(axis);
        Tensor[] parts = new Tensor[(int) n];
        Tensor rest = cotangent[(int) n - 1];
        for (int k = (int) n - 1; k >= 0; k--) {
            parts[k] = k == 0 ? rest : product[k - 1].mul(rest);
            if (k > 0) {
                rest = cotangent[k - 1].add(factor[k].mul(rest));
            }
        }
        return Tensor.stackAll(axis, parts);
    }
}
