package io.flambeau.autograd.internal;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Primitive;
import io.flambeau.tensor.op.Pullback;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation that has run, and the three ways to its tangents; see Note [Tangents] in {@link Forward}.
 *
 * @param tangents one for each input, null for those that have none
 */
record Call(Op op, Tensor[] in, @Nullable Tensor[] tangents, Pullback pullback, Tensor[] out) {
    /** Whether the Jacobian is diagonal and real. */
    boolean isDiagonal() {
        boolean diagonal = op.isElementwise() && out.length == 1;
        for (Tensor t : tangents) {
            diagonal &= t == null || t.dtype().isFloating() && t.spec().equals(out[0].spec());
        }
        return diagonal;
    }

    /** The rule on the tangents of one input after the other: a diagonal is its own transpose. */
    @Nullable Tensor along() {
        Tensor sum = null;
        for (int i = 0; i < tangents.length; i++) {
            Tensor t = tangents[i];
            if (t != null) {
                boolean[] needs = new boolean[tangents.length];
                needs[i] = true;
                sum = sum(sum, pullback.rule().apply(new Tensor[] {t}, pullback.saved(), needs)[i]);
            }
        }
        return sum;
    }

    private static @Nullable Tensor sum(@Nullable Tensor a, @Nullable Tensor b) {
        return a == null ? b : b == null ? a : a.add(b);
    }

    /** Whether the operation is linear in each input that has a tangent, as its rule's reading shows. */
    boolean isLinear() {
        boolean linear = op instanceof Primitive && !op.isElementwise() && out.length == 1;
        for (int i = 0; linear && i < in.length; i++) {
            linear = tangents[i] == null || reads(i) != null;
        }
        return linear;
    }

    /** The other inputs that the gradient of an input reads; null if it reads anything else. */
    private boolean @Nullable [] reads(int input) {
        boolean[] reads = new boolean[in.length];
        Tensor[] saved = pullback.saved();
        for (int k = 0; k < saved.length; k++) {
            if (pullback.reads(input, k)) {
                int j = in.length - 1;
                while (j >= 0 && (in[j] != saved[k] || j == input)) {
                    j--;
                }
                if (j < 0 || saved[k] == in[input]) {
                    return null;
                }
                reads[j] = true;
            }
        }
        return reads;
    }

    /** The operation itself on each tangent, with zeros for the inputs that are only added. */
    @Nullable Tensor applied() {
        Tensor sum = null;
        for (int i = 0; i < in.length; i++) {
            Tensor t = tangents[i];
            boolean[] reads = t == null ? null : reads(i);
            if (t != null && reads != null) {
                Tensor[] arguments = new Tensor[in.length];
                for (int j = 0; j < in.length; j++) {
                    boolean stays = reads[j] || !in[j].dtype().isDifferentiable();
                    arguments[j] = j == i ? t : stays ? in[j] : in[j].detach().zerosLike();
                }
                sum = sum(sum, Tensor.bind(op, arguments));
            }
        }
        return sum;
    }

    /**
     * The rule, which is linear in the cotangents, transposed by its own gradient; so it does not matter on which
     * cotangents it runs.
     *
     * @param again whether the tangents are to be differentiated
     */
    @Nullable Tensor[] transposed(boolean again) {
        Tensor[] cotangents = new Tensor[out.length];
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
            Spec spec = out[i].spec();
            if (spec.dtype().isDifferentiable()) {
                Tensor one = Tensors.full(spec.with(Shape.SCALAR), Scalar.ONE);
                cotangents[i] = Branch.of(one.expand(spec.shape()));
                leaves.add(cotangents[i]);
            }
        }
        boolean[] needs = new boolean[in.length];
        for (int i = 0; i < in.length; i++) {
            needs[i] = tangents[i] != null;
        }
        @Nullable Tensor[] gradients = pullback.rule().apply(cotangents, pullback.saved(), needs);
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> seeds = new ArrayList<>();
        for (int i = 0; i < in.length; i++) {
            Tensor t = tangents[i];
            Tensor gradient = gradients[i];
            if (t != null && gradient != null) {
                Tensor root = Checks.fitting(op.title(), gradient, t.spec());
                if (Slot.place(root) != null) {
                    roots.add(root);
                    seeds.add(t);
                }
            }
        }
        @Nullable Tensor[] pushed = new Tensor[out.length];
        if (!roots.isEmpty()) {
            Tensor[] targets = array(leaves);
            @Nullable Tensor[] caught = Pass.capture("jvp", array(roots), array(seeds), targets, again, again, true);
            for (int i = 0, n = 0; i < out.length; i++) {
                pushed[i] = cotangents[i] == null ? null : caught[n++];
            }
        }
        return pushed;
    }

    private static Tensor[] array(List<Tensor> tensors) {
        return tensors.toArray(Tensor[]::new);
    }
}
