package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;

/** Broadcasting of the axes before the last ones. */
public final class Batches {
    private Batches() {}

    /** Both with one batch shape; tensors without two axes are left for the operation to refuse. */
    public static Tensor[] broadcast(String operation, Tensor a, Tensor b) {
        if (a.rank() < 2 || b.rank() < 2) {
            return new Tensor[] {a, b};
        }
        Shape left = a.shape().range(0, a.rank() - 2);
        Shape right = b.shape().range(0, b.rank() - 2);
        if (left.equals(right)) {
            return new Tensor[] {a, b};
        }
        Shape batch = Shape.broadcast(operation, left, right);
        return new Tensor[] {expand(a, batch, 2), expand(b, batch, 2)};
    }

    /** A tensor whose last axes are kept and whose others become this batch. */
    public static Tensor expand(Tensor x, Shape batch, int kept) {
        return x.expand(batch.concat(x.shape().range(x.rank() - kept, x.rank())));
    }
}
