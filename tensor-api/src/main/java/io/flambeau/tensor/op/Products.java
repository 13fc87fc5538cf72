package io.flambeau.tensor.op;

import io.flambeau.tensor.Tensor;

/** Products of all elements but one, exact where elements are zero. */
final class Products {
    private Products() {}

    /** For each element the product of the others along the reduced axes. */
    static Tensor others(Tensor x, long axes) {
        if (axes == 0) {
            return x.onesLike();
        }
        int rank = x.rank();
        int[] order = new int[rank];
        int n = 0;
        for (int i = 0; i < rank; i++) {
            if ((axes >>> i & 1) == 0) {
                order[n++] = i;
            }
        }
        int kept = n;
        for (int i = 0; i < rank; i++) {
            if ((axes >>> i & 1) != 0) {
                order[n++] = i;
            }
        }
        Tensor last = x.permute(order);
        long[] sizes = last.shape().sizes();
        Tensor flat = last.flatten(kept, -1);
        Tensor left = before(flat);
        Tensor right = before(flat.flip(-1)).flip(-1);
        Tensor products = left.mul(right).reshape(sizes);
        int[] inverse = new int[rank];
        for (int i = 0; i < rank; i++) {
            inverse[order[i]] = i;
        }
        return products.permute(inverse);
    }

    /** The product of the elements before each along the last axis; 1 for the first. */
    static Tensor before(Tensor x) {
        long n = x.size(-1);
        if (n == 0) {
            return x;
        }
        Tensor one = x.narrow(-1, 0, 1).onesLike();
        return one.cat(-1, x.narrow(-1, 0, n - 1)).cumprod(-1);
    }
}
