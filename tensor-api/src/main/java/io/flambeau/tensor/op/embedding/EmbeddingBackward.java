package io.flambeau.tensor.op.embedding;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradient of {@link Embedding} for the weight: the cotangents [..., width] added up in the rows at the indices
 * [...].
 *
 * @param rows how many rows the weight has
 * @param padding the row that gets nothing, or -1
 * @param byFrequency whether a row's sum is divided by how often its index occurs
 */
public record EmbeddingBackward(long rows, long padding, boolean byFrequency) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[0]);
        return new Spec[] {in[0].with(Shape.of(rows, in[0].shape().size(-1)))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor index = in[1].reshape(in[1].count(), 1);
        long width = in[0].size(-1);
        Tensor g = in[0].reshape(index.size(0), width);
        if (padding >= 0) {
            g = g.mul(index.ne(padding).to(g.dtype()));
        }
        if (byFrequency) {
            Tensor ones = g.newFull(index.shape(), Scalar.ONE);
            Tensor counts = g.newZeros(Shape.of(rows, 1)).scatterAdd(0, index, ones);
            g = g.div(counts.gather(0, index));
        }
        return new Tensor[] {g.newZeros(Shape.of(rows, width)).scatterAdd(0, index.expand(g.shape()), g)};
    }
}
