package io.flambeau.tensor.op.recurrent;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradients of {@link Elman} for its inputs but the mask. Inputs are the cotangent, the states, and the inputs of
 * {@code Elman} after the first.
 */
public record ElmanBackward(Elman forward) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        forward.check(in, 1, 2);
        Laws.requireShape(this, "g", in[0], in[1].shape());
        return new Spec[] {in[1], in[2], in[3]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Sweep sweep = forward.sweep();
        Tensor[] mask = sweep.steps(in);
        Tensor[] gh = in[0].unbind(0);
        Tensor[] states = in[1].unbind(0);
        Tensor[] x = new Tensor[gh.length];
        Tensor dh = in[2].zerosLike();
        for (int place = x.length - 1; place >= 0; place--) {
            int t = sweep.step(place, x.length);
            Tensor h = gh[t].add(dh);
            Tensor taken = sweep.taken(mask, t, h);
            x[t] = forward.rectified() ? taken.where(states[t].gt(0), taken.zerosLike()) : Sweep.tanh(taken, states[t]);
            dh = sweep.passed(mask, t, x[t].matmul(in[3]), h);
        }
        Tensor sequence = Tensors.stack(0, x);
        return new Tensor[] {sequence, dh, Sweep.weight(sequence, sweep.before(in[1], in[2]))};
    }
}
