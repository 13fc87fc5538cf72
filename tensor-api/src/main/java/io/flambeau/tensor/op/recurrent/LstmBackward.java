package io.flambeau.tensor.op.recurrent;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;

/**
 * The gradients of {@link Lstm} for its inputs but the mask. Inputs are the cotangents of the states h and c and of the
 * gates, those results, and the inputs of {@code Lstm} after the first.
 */
public record LstmBackward(Lstm forward) implements Fused {
    @Override
    public Spec[] infer(Spec[] in) {
        Sweep sweep = forward.sweep();
        long width = sweep.check(this, in, 5, 6, 4);
        forward.check(in, 5, 6, width);
        Shape steps = in[5].shape();
        Shape h = Shape.of(steps.size(0), steps.size(1), in[6].shape().size(1));
        Shape c = Shape.of(steps.size(0), steps.size(1), width);
        for (int i = 0; i < 6; i += 3) {
            Laws.requireShape(this, "h", in[i], h);
            Laws.requireShape(this, "c", in[i + 1], c);
            Laws.requireShape(this, "gates", in[i + 2], steps);
        }
        return forward.projected()
                ? new Spec[] {in[5], in[6], in[7], in[8], in[9]}
                : new Spec[] {in[5], in[6], in[7], in[8]};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Sweep sweep = forward.sweep();
        Tensor[] mask = sweep.steps(in);
        Tensor[] gh = in[0].unbind(0);
        Tensor[] gc = in[1].unbind(0);
        Tensor[] ga = in[2].unbind(0);
        Tensor[] cells = in[4].unbind(0);
        Tensor[] gates = in[5].unbind(0);
        Tensor before = sweep.before(in[3], in[6]);
        Tensor[] cellsBefore = sweep.before(in[4], in[7]).unbind(0);
        Tensor weight = in[8];
        Tensor projection = forward.projected() ? in[9] : null;
        int n = gh.length;
        Tensor[] x = new Tensor[n];
        Tensor[] hidden = new Tensor[n];
        Tensor[] outs = new Tensor[n];
        Tensor dh = in[6].zerosLike();
        Tensor dc = in[7].zerosLike();
        for (int place = n - 1; place >= 0; place--) {
            int t = sweep.step(place, n);
            Tensor h = gh[t].add(dh);
            Tensor c = gc[t].add(dc);
            hidden[t] = sweep.taken(mask, t, h);
            Tensor out = projection == null ? hidden[t] : hidden[t].matmul(projection);
            Tensor[] a = gates[t].chunk(4, 1);
            Tensor[] g = ga[t].chunk(4, 1);
            Tensor bent = cells[t].tanh();
            outs[t] = a[3].mul(bent);
            Tensor cell = sweep.taken(mask, t, c).add(Sweep.tanh(out.mul(a[3]), bent));
            x[t] = Tensors.cat(
                    1,
                    Sweep.logistic(cell.mul(a[2]).add(g[0]), a[0]),
                    Sweep.logistic(cell.mul(cellsBefore[t]).add(g[1]), a[1]),
                    Sweep.tanh(cell.mul(a[0]).add(g[2]), a[2]),
                    Sweep.logistic(out.mul(bent).add(g[3]), a[3]));
            dh = sweep.passed(mask, t, x[t].matmul(weight), h);
            dc = sweep.passed(mask, t, cell.mul(a[1]), c);
        }
        Tensor sequence = Tensors.stack(0, x);
        Tensor dw = Sweep.weight(sequence, before);
        return projection == null
                ? new Tensor[] {sequence, dh, dc, dw}
                : new Tensor[] {sequence, dh, dc, dw, Sweep.weight(Tensors.stack(0, hidden), Tensors.stack(0, outs))};
    }
}
