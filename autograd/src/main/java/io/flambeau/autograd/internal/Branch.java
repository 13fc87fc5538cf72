package io.flambeau.autograd.internal;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Access;

/** The identity: another handle to the same data, with a place of its own in the graph. */
public enum Branch implements Derived.WithGradient {
    BRANCH;

    /** A handle at which a gradient can be caught; a leaf if the tensor is not tracked. */
    public static Tensor of(Tensor x) {
        Tensor everywhere = Lane.everywhere(x);
        Slot slot = Slot.of(Lane.bottom(everywhere));
        if (Slot.place(slot) != null) {
            return Tensor.bind(BRANCH, everywhere);
        }
        Tensor leaf = Access.door().alias(Lane.bottom(everywhere));
        Access.door().history(leaf, new Leaf(leaf, slot == null ? null : slot.tangent()));
        return Lane.inLanesOf(everywhere, leaf);
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return in;
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        return new Tensor[] {in[0]};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> g);
    }
}
