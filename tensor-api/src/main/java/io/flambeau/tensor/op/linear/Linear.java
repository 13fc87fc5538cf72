package io.flambeau.tensor.op.linear;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import org.jspecify.annotations.Nullable;

/**
 * epilogue(x weightᵀ + bias). Inputs are x [..., in], the weight [out, in] and, if there is one, the bias [out]; the
 * result is [..., out].
 */
public record Linear(boolean bias, Epilogue epilogue) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape x = in[0].shape();
        Shape w = in[1].shape();
        Laws.requireLike(this, "the weight", in[1], in[0]);
        if (in[0].dtype() == DType.BOOL) {
            throw new DTypeException(title(), "is not defined for bool; convert with to(dtype)", Fault.BAD_DTYPE);
        }
        if (epilogue != Epilogue.NONE) {
            Laws.requireFloating(this, in[0]);
        }
        if (epilogue == Epilogue.RELU) {
            Laws.requireReal(this, in[0]);
        }
        Laws.requireRank(this, "the weight", in[1], 2);
        if (x.rank() == 0 || x.size(-1) != w.size(1)) {
            throw new ShapeException(
                    title(),
                    "the last axis of the input " + x + " must have the size " + w.size(1) + " of the weight " + w,
                    Fault.SHAPE_MISMATCH);
        }
        if (bias) {
            Laws.requireLike(this, "the bias", in[2], in[0]);
            Laws.requireShape(this, "the bias", in[2], Shape.of(w.size(0)));
        }
        return new Spec[] {in[0].with(x.with(x.rank() - 1, w.size(0)))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor product = in[0].matmul(in[1].t());
        return new Tensor[] {epilogue.apply(bias ? product.add(in[2]) : product)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        if (epilogue == Epilogue.NONE) {
            return Pullback.saving(in[0], in[1]).joint(this::gradients).reading(0b10, 0b01, 0);
        }
        return Pullback.saving(in[0], in[1], out[0]).joint(this::gradients).reading(0b110, 0b101, 0b100);
    }

    private @Nullable Tensor[] gradients(Tensor[] g, Tensor[] s, boolean[] needs) {
        Tensor before = epilogue == Epilogue.NONE ? g[0] : epilogue.gradient(g[0], s[2]);
        Tensor rows = before.reshape(before.shape().range(0, before.rank() - 1).count(), before.size(-1));
        Tensor[] gradients = new Tensor[needs.length];
        if (needs[0]) {
            gradients[0] = before.matmul(s[1].conj());
        }
        if (needs[1]) {
            gradients[1] =
                    rows.t().matmul(s[0].reshape(rows.size(0), s[0].size(-1)).conj());
        }
        if (bias && needs[2]) {
            gradients[2] = rows.sum(0);
        }
        return gradients;
    }
}
