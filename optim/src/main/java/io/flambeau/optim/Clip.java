package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;

/** Bounds on gradients, applied between backward and step. */
public final class Clip {
    private Clip() {}

    /**
     * Scales all gradients together so that their norm is at most {@code maxNorm}, and returns the norm before. A NaN
     * passes through.
     *
     * @param type the order of the norm, 2 for the Euclidean, infinity for the largest
     */
    public static double clipGradNorm(List<Tensor> parameters, double maxNorm, double type) {
        return Tensors.noGrad(() -> {
            try (Scope _ = Scope.open("clipGradNorm")) {
                double total = 0;
                for (Tensor p : parameters) {
                    Tensor g = p.grad();
                    if (g != null) {
                        DType wide = g.device().supports(DType.F64) ? DType.F64 : DType.F32;
                        Tensor size = g.abs();
                        if (Double.isInfinite(type)) {
                            double norm = size.count() == 0 ? 0 : size.amax().item();
                            total = Math.max(total, norm);
                        } else {
                            total += size.to(wide).pow(type).sum().item();
                        }
                    }
                }
                double norm = Double.isInfinite(type) ? total : Math.pow(total, 1 / type);
                double scale = maxNorm / (norm + 1e-6);
                if (!(scale >= 1)) {
                    for (Tensor p : parameters) {
                        Tensor g = p.grad();
                        if (g != null) {
                            g.mul_(Scalar.of(scale));
                        }
                    }
                }
                return norm;
            }
        });
    }

    /** As {@link #clipGradNorm(List, double, double)}, with the Euclidean norm. */
    public static double clipGradNorm(List<Tensor> parameters, double maxNorm) {
        return clipGradNorm(parameters, maxNorm, 2);
    }

    /** Clamps every element of every gradient to [-bound, bound]. */
    public static void clipGradValue(List<Tensor> parameters, double bound) {
        if (!(bound >= 0)) {
            throw new ArgumentException("clipGradValue", "the bound is " + bound + ", not from 0", Fault.BAD_ARGUMENT);
        }
        Tensors.noGrad(() -> {
            for (Tensor p : parameters) {
                Tensor g = p.grad();
                if (g != null) {
                    g.copy_(g.minimum(g.fullLike(Scalar.of(bound))).maximum(g.fullLike(Scalar.of(-bound))));
                }
            }
        });
    }
}
