package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The cotangents that a pass starts from. */
final class Seeds {
    private Seeds() {}

    /** Those given, brought below the batches that are being run; null for the ones of a scalar. */
    static @Nullable Tensor[] of(String title, Tensor[] roots, @Nullable Tensor @Nullable [] seeds) {
        if (seeds != null && seeds.length != roots.length) {
            throw new GradientException(
                    title,
                    seeds.length + " cotangents were given for " + roots.length + " outputs",
                    Fault.BAD_GRADIENT);
        }
        @Nullable Tensor[] all = new Tensor[roots.length];
        for (int i = 0; i < all.length; i++) {
            Tensor seed = seeds == null ? null : seeds[i];
            if (seed != null) {
                all[i] = Lane.bottom(roots[i], Checks.fitting(title, seed, roots[i].spec()));
            } else if (roots[i].count() != 1) {
                throw new GradientException(
                        title,
                        "only a tensor of one element has a gradient of itself, this one has shape " + roots[i].shape()
                                + "; pass a cotangent of that shape, or reduce it first",
                        Fault.NO_GRAPH);
            }
        }
        return all;
    }
}
