package io.flambeau.tensor.op.embedding;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;

/**
 * Rows of a weight [rows, width] at indices [...] (I64): [..., width].
 *
 * @param padding the row that gets no gradient, or -1
 * @param byFrequency whether a row's gradient is divided by how often its index occurs
 */
public record Embedding(long padding, boolean byFrequency) implements Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireRank(this, "the weight", in[0], 2);
        requireIndices(this, in[1]);
        Laws.requireDevice(this, in[0], in[1]);
        return new Spec[] {
            in[0].with(in[1].shape().concat(Shape.of(in[0].shape().size(1))))
        };
    }

    static void requireIndices(Op op, Spec indices) {
        if (indices.dtype() != DType.I64) {
            throw new DTypeException(
                    op.title(),
                    "the indices must be int64, not " + indices.dtype() + "; convert with to(dtype)",
                    Fault.BAD_DTYPE);
        }
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor rows = in[0].indexSelect(0, in[1].reshape(in[1].count()));
        return new Tensor[] {rows.reshape(in[1].shape().concat(Shape.of(in[0].size(1))))};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        EmbeddingBackward backward = new EmbeddingBackward(in[0].size(0), padding, byFrequency);
        return Pullback.saving(in[1]).of((g, s) -> Tensor.bind(backward, g, s[0]), null);
    }
}
