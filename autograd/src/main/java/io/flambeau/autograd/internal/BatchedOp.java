package io.flambeau.autograd.internal;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Precision;
import org.jspecify.annotations.Nullable;

/** A derived operation on all elements of a batch: its decomposition and its gradient, both batched. */
record BatchedOp(Batch batch, Derived.WithGradient op) implements Derived.WithGradient {
    /** The precision in which an operation runs under automatic casts, batched or not. */
    static Precision precision(Op op) {
        return op instanceof BatchedOp batched ? precision(batched.op) : Precision.of(op);
    }

    @Override
    public String title() {
        return op.title();
    }

    /** Nothing: the batch has asked the operation itself about its elements. */
    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[0];
    }

    @Override
    public boolean mayHaveKernel() {
        return false;
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        return batch.call(() -> batch.alls(op.decompose(batch.elements(in))));
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Pullback inner = op.pullback(batch.elements(in), batch.elements(out));
        Tensor[] saved = inner.saved();
        long[] reads = new long[in.length];
        for (int i = 0; i < in.length; i++) {
            for (int k = 0; k < saved.length; k++) {
                reads[i] |= inner.reads(i, k) ? 1L << k : 0;
            }
        }
        long constant = 0;
        for (int i = 0; i < out.length; i++) {
            constant |= inner.isConstant(i) ? 1L << i : 0;
        }
        Pullback.Joint rule = inner.rule();
        return Pullback.saving(batch.alls(saved))
                .joint((g, s, needs) -> apply(rule, g, s, needs))
                .reading(reads)
                .constant(constant);
    }

    private @Nullable Tensor[] apply(Pullback.Joint rule, Tensor[] g, Tensor[] saved, boolean[] needs) {
        return batch.call(() -> {
            @Nullable Tensor[] gradients = rule.apply(present(g), present(saved), needs);
            Tensor[] all = new Tensor[gradients.length];
            for (int i = 0; i < all.length; i++) {
                Tensor gradient = gradients[i];
                if (gradient != null) {
                    all[i] = batch.all(gradient);
                }
            }
            return all;
        });
    }

    private Tensor[] present(@Nullable Tensor[] all) {
        Tensor[] elements = new Tensor[all.length];
        for (int i = 0; i < all.length; i++) {
            Tensor value = all[i];
            if (value != null) {
                elements[i] = batch.element(value);
            }
        }
        return elements;
    }
}
