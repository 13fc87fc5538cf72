package io.flambeau.tensor.op.recurrent;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import java.util.Arrays;

/**
 * A simple recurrent network over a sequence (Elman, 1990).
 *
 * <p>Inputs are what the input gives, with all biases [T, N, H], the first state [N, H], the weight [H, H], and if the
 * sweep is masked the mask [T, N] (BOOL). The result is the states [T, N, H].
 *
 * @param rectified whether the nonlinearity is max(x, 0) instead of the hyperbolic tangent
 */
public record Elman(Sweep sweep, boolean rectified) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        check(in, 0, 1);
        return new Spec[] {in[0]};
    }

    void check(Spec[] in, int x, int h) {
        long width = sweep.check(this, in, x, h, 1);
        Laws.requireShape(this, "h", in[h], Shape.of(in[x].shape().size(1), width));
        Laws.requireShape(this, "weight", in[h + 1], Shape.of(width, width));
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor[] x = in[0].unbind(0);
        Tensor[] mask = sweep.steps(in);
        Tensor h = in[1];
        Tensor weight = in[2].mT();
        Tensor[] hs = new Tensor[x.length];
        for (int place = 0; place < x.length; place++) {
            int t = sweep.step(place, x.length);
            Tensor sum = x[t].add(h.matmul(weight));
            h = sweep.advanced(mask, t, rectified ? sum.relu() : sum.tanh(), h);
            hs[t] = h;
        }
        return new Tensor[] {Tensors.stack(0, hs)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        ElmanBackward backward = new ElmanBackward(this);
        Tensor[] saved = in.clone();
        saved[0] = out[0];
        return Pullback.saving(saved).joint((g, s, needs) -> {
            Tensor[] inputs = Arrays.copyOf(g, 1 + s.length);
            System.arraycopy(s, 0, inputs, 1, s.length);
            return Arrays.copyOf(Tensor.bindAll(backward, inputs), needs.length);
        });
    }
}
