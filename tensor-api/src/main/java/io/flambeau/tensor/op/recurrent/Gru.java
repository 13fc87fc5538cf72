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
 * Gated recurrent units over a sequence (Cho and others, 2014), with the reset gate behind the product, as PyTorch and
 * cuDNN have it.
 *
 * <p>Inputs are what the input gives to the gates r, z, n [T, N, 3 H], the first state [N, H], the weight [3 H, H], if
 * {@code biased} the bias of the product [3 H], and if the sweep is masked the mask [T, N] (BOOL). Results are the states
 * [T, N, H] and, for the gradient, the gates and what the reset gate is multiplied with [T, N, 4 H].
 */
public record Gru(Sweep sweep, boolean biased) implements Fused, Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        long width = sweep.check(this, in, 0, 1, 3);
        check(in, 1, width);
        Shape steps = in[0].shape();
        return new Spec[] {
            in[0].with(Shape.of(steps.size(0), steps.size(1), width)),
            in[0].with(Shape.of(steps.size(0), steps.size(1), 4 * width))
        };
    }

    /** Checks the state at index {@code h}, and the weights behind it. */
    void check(Spec[] in, int h, long width) {
        Laws.requireShape(this, "h", in[h], Shape.of(in[h].shape().size(0), width));
        Laws.requireShape(this, "weight", in[h + 1], Shape.of(3 * width, width));
        if (biased) {
            Laws.requireShape(this, "bias", in[h + 2], Shape.of(3 * width));
        }
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor[] x = in[0].unbind(0);
        Tensor[] mask = sweep.steps(in);
        Tensor h = in[1];
        Tensor weight = in[2].mT();
        int n = x.length;
        Tensor[] hs = new Tensor[n];
        Tensor[] gates = new Tensor[n];
        for (int place = 0; place < n; place++) {
            int t = sweep.step(place, n);
            Tensor product = h.matmul(weight);
            Tensor[] u = (biased ? product.add(in[3]) : product).chunk(3, 1);
            Tensor[] a = x[t].chunk(3, 1);
            Tensor r = a[0].add(u[0]).sigmoid();
            Tensor z = a[1].add(u[1]).sigmoid();
            Tensor now = a[2].add(r.mul(u[2])).tanh();
            h = sweep.advanced(mask, t, now.add(z.mul(h.sub(now))), h);
            hs[t] = h;
            gates[t] = Tensors.cat(1, r, z, now, u[2]);
        }
        return new Tensor[] {Tensors.stack(0, hs), Tensors.stack(0, gates)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        GruBackward backward = new GruBackward(this);
        Tensor[] saved = new Tensor[in.length + 1];
        System.arraycopy(out, 0, saved, 0, 2);
        System.arraycopy(in, 1, saved, 2, in.length - 1);
        return Pullback.saving(saved).joint((g, s, needs) -> {
            Tensor[] inputs = Arrays.copyOf(g, 2 + s.length);
            System.arraycopy(s, 0, inputs, 2, s.length);
            return Arrays.copyOf(Tensor.bindAll(backward, inputs), needs.length);
        });
    }
}
