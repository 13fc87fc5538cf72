package io.flambeau.autograd.internal;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Modes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gradient of a function by running it again: for kernels without a rule, and for checkpoints. */
public final class Rerun {
    /** What is run again. */
    @FunctionalInterface
    public interface Body {
        Tensor[] apply(Tensor[] in);
    }

    private Rerun() {}

    /** The gradient of a derived operation whose kernel ran: that of its decomposition. */
    static Pullback of(Derived op, Tensor[] in) {
        return Pullback.saving(in).joint((g, saved, needs) -> gradients(op.title(), op::decompose, g, saved, needs));
    }

    /**
     * Runs the body with gradients on and differentiates it.
     *
     * @param g the cotangents of its outputs
     * @param needs which inputs need a gradient
     */
    public static @Nullable Tensor[] gradients(String title, Body body, Tensor[] g, Tensor[] saved, boolean[] needs) {
        Modes modes = Modes.current();
        return modes.withGrad(true).call(() -> {
            Tensor[] in = new Tensor[saved.length];
            List<Tensor> wanted = new ArrayList<>();
            for (int i = 0; i < in.length; i++) {
                in[i] = saved[i];
                if (needs[i]) {
                    in[i] = Branch.of(saved[i]);
                    wanted.add(in[i]);
                }
            }
            Tensor[] out = body.apply(in);
            List<Tensor> roots = new ArrayList<>();
            List<Tensor> seeds = new ArrayList<>();
            for (int i = 0; i < out.length; i++) {
                if (Slot.place(out[i]) != null) {
                    roots.add(out[i]);
                    seeds.add(g[i]);
                }
            }
            boolean tracked = modes.grad();
            @Nullable Tensor[] caught = roots.isEmpty()
                    ? new Tensor[wanted.size()]
                    : Pass.capture(title, array(roots), array(seeds), array(wanted), tracked, tracked, true);
            @Nullable Tensor[] gradients = new Tensor[in.length];
            int n = 0;
            for (int i = 0; i < in.length; i++) {
                gradients[i] = needs[i] ? caught[n++] : null;
            }
            return gradients;
        });
    }

    private static Tensor[] array(List<Tensor> tensors) {
        return tensors.toArray(Tensor[]::new);
    }
}
