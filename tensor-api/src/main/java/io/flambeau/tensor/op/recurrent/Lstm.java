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
 * Long short-term memory over a sequence (Hochreiter and Schmidhuber, 1997; the forget gate by Gers and others, 2000; the
 * projection by Sak and others, 2014).
 *
 * <p>Inputs are what the input gives to the gates i, f, g, o with all biases [T, N, 4 H], the first states h [N, P] and
 * c [N, H], the weight [4 H, P], if {@code projected} the projection [P, H], and if the sweep is masked the mask [T, N]
 * (BOOL). Results are the states h [T, N, P] and c [T, N, H] after each step, and the gates [T, N, 4 H], which the
 * gradient reads. Without a projection P is H.
 */
public record Lstm(Sweep sweep, boolean projected) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        long width = sweep.check(this, in, 0, 1, 4);
        check(in, 0, 1, width);
        Shape steps = in[0].shape();
        return new Spec[] {
            in[0].with(Shape.of(steps.size(0), steps.size(1), in[1].shape().size(1))),
            in[0].with(Shape.of(steps.size(0), steps.size(1), width)),
            in[0]
        };
    }

    /** Checks the states from index {@code h} on, and the weights behind them. */
    void check(Spec[] in, int x, int h, long width) {
        long out = in[h].shape().size(1);
        Laws.requireShape(this, "c", in[h + 1], Shape.of(in[x].shape().size(1), width));
        Laws.requireShape(this, "weight", in[h + 2], Shape.of(4 * width, out));
        if (projected) {
            Laws.requireShape(this, "projection", in[h + 3], Shape.of(out, width));
        } else {
            Laws.requireShape(this, "h", in[h], Shape.of(in[x].shape().size(1), width));
        }
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor[] x = in[0].unbind(0);
        Tensor[] mask = sweep.steps(in);
        Tensor h = in[1];
        Tensor c = in[2];
        Tensor weight = in[3].mT();
        Tensor projection = projected ? in[4].mT() : null;
        int n = x.length;
        Tensor[] hs = new Tensor[n];
        Tensor[] cs = new Tensor[n];
        Tensor[] gates = new Tensor[n];
        for (int place = 0; place < n; place++) {
            int t = sweep.step(place, n);
            Tensor[] a = x[t].add(h.matmul(weight)).chunk(4, 1);
            Tensor i = a[0].sigmoid();
            Tensor f = a[1].sigmoid();
            Tensor g = a[2].tanh();
            Tensor o = a[3].sigmoid();
            Tensor cell = f.mul(c).add(i.mul(g));
            Tensor out = o.mul(cell.tanh());
            h = sweep.advanced(mask, t, projection == null ? out : out.matmul(projection), h);
            c = sweep.advanced(mask, t, cell, c);
            hs[t] = h;
            cs[t] = c;
            gates[t] = Tensors.cat(1, i, f, g, o);
        }
        return new Tensor[] {Tensors.stack(0, hs), Tensors.stack(0, cs), Tensors.stack(0, gates)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        LstmBackward backward = new LstmBackward(this);
        Tensor[] saved = new Tensor[in.length + 2];
        System.arraycopy(out, 0, saved, 0, 3);
        System.arraycopy(in, 1, saved, 3, in.length - 1);
        return Pullback.saving(saved).joint((g, s, needs) -> {
            Tensor[] inputs = Arrays.copyOf(g, 3 + s.length);
            System.arraycopy(s, 0, inputs, 3, s.length);
            return Arrays.copyOf(Tensor.bindAll(backward, inputs), needs.length);
        });
    }
}
