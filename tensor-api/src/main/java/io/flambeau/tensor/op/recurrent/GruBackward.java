package io.flambeau.tensor.op.recurrent;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradients of {@link Gru} for its inputs but the mask. Inputs are the cotangents of the states and of the gates,
 * those results, and the inputs of {@code Gru} after the first.
 */
public record GruBackward(Gru forward) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        long width = forward.sweep().check(this, in, 3, 4, 4);
        forward.check(in, 4, width);
        Shape gates = in[3].shape();
        Shape steps = Shape.of(gates.size(0), gates.size(1), width);
        Laws.requireShape(this, "h", in[0], steps);
        Laws.requireShape(this, "gates", in[1], gates);
        Laws.requireShape(this, "h", in[2], steps);
        Spec x = in[0].with(Shape.of(gates.size(0), gates.size(1), 3 * width));
        return forward.biased() ? new Spec[] {x, in[4], in[5], in[6]} : new Spec[] {x, in[4], in[5]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Sweep sweep = forward.sweep();
        Tensor[] mask = sweep.steps(in);
        Tensor[] gh = in[0].unbind(0);
        Tensor[] ga = in[1].unbind(0);
        Tensor[] gates = in[3].unbind(0);
        Tensor before = sweep.before(in[2], in[4]);
        Tensor[] states = before.unbind(0);
        Tensor weight = in[5];
        int n = gh.length;
        Tensor[] x = new Tensor[n];
        Tensor[] products = new Tensor[n];
        Tensor dh = in[4].zerosLike();
        for (int place = n - 1; place >= 0; place--) {
            int t = sweep.step(place, n);
            Tensor h = gh[t].add(dh);
            Tensor taken = sweep.taken(mask, t, h);
            Tensor[] a = gates[t].chunk(4, 1);
            Tensor[] g = ga[t].chunk(4, 1);
            Tensor now = Sweep.tanh(taken.mul(a[1].rsub(1)).add(g[2]), a[2]);
            Tensor z = Sweep.logistic(taken.mul(states[t].sub(a[2])).add(g[1]), a[1]);
            Tensor r = Sweep.logistic(now.mul(a[3]).add(g[0]), a[0]);
            x[t] = Tensors.cat(1, r, z, now);
            products[t] = Tensors.cat(1, r, z, now.mul(a[0]).add(g[3]));
            Tensor computed = products[t].matmul(weight).add(taken.mul(a[1]));
            dh = sweep.passed(mask, t, computed, h);
        }
        Tensor product = Tensors.stack(0, products);
        Tensor sequence = Tensors.stack(0, x);
        Tensor dw = Sweep.weight(product, before);
        return forward.biased() ? new Tensor[] {sequence, dh, dw, product.sum(0, 1)} : new Tensor[] {sequence, dh, dw};
    }
}
