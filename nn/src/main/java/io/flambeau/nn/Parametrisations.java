package io.flambeau.nn;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/**
 * Parameters that are computed from others, under PyTorch's keys {@code parametrizations.weight.original0} and so on.
 *
 * <pre>{@code
 * Linear layer = Parametrisations.weightNorm(new Linear(20, 40), "weight");
 * }</pre>
 *
 * Only calls of the module itself compute its parameters anew.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrizations.weight_norm.html">weight_norm</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrizations.spectral_norm.html">spectral_norm</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrizations.orthogonal.html">orthogonal</a>
 */
public final class Parametrisations {
    static final String CHILD = "parametrizations";

    private Parametrisations() {}

    /** The parametrisations of a module, by the name of what they compute. */
    static final class Holder extends Module {}

    /** As {@link #weightNorm(Module, String, int)}, along axis 0. */
    public static <M extends Module> M weightNorm(M module, String name) {
        return weightNorm(module, name, 0);
    }

    /**
     * The parameter as a length times a direction, each along an axis (Salimans and Kingma, <em>Weight
     * normalization</em>, 2016). Returns the module.
     *
     * @param axis whose places have a length each; -1 for one length of all
     */
    public static <M extends Module> M weightNorm(M module, String name, int axis) {
        module.parametrise(name, weight -> new WeightNorm(weight, axis));
        return module;
    }

    /** As {@link #spectralNorm(Module, String, int, int, double)}, one iteration, along axis 0, eps 1e-12. */
    public static <M extends Module> M spectralNorm(M module, String name) {
        return spectralNorm(module, name, 1, 0, 1e-12);
    }

    /**
     * The parameter divided by its greatest singular value, which power iterations follow in training (Miyato and others,
     * <em>Spectral normalization for generative adversarial networks</em>, 2018). Returns the module.
     *
     * @param axis that becomes the rows of the matrix, 1 for transposed convolutions
     */
    public static <M extends Module> M spectralNorm(M module, String name, int iterations, int axis, double eps) {
        module.parametrise(name, weight -> new SpectralNorm(weight, iterations, axis, eps));
        return module;
    }

    /**
     * As {@link #orthogonal(Module, String, OrthogonalMap)}: by the matrix exponential where the matrix is square or
     * complex, else by reflections.
     */
    public static <M extends Module> M orthogonal(M module, String name) {
        module.parametrise(name, weight -> new Orthogonal(weight, Orthogonal.usual(weight)));
        return module;
    }

    /**
     * The parameter [..., n, k] as matrices with orthonormal columns, or orthonormal rows where n < k. It begins as it
     * is if it is square and orthogonal, else as the orthogonal factor of its QR factorisation. Returns the module.
     */
    public static <M extends Module> M orthogonal(M module, String name, OrthogonalMap map) {
        module.parametrise(name, weight -> new Orthogonal(weight, map));
        return module;
    }

    /** Makes a computed parameter one of its own again, with the value it has now. Returns the module. */
    public static <M extends Module> M remove(M module, String name) {
        module.settle(name);
        return module;
    }

    private static final class WeightNorm extends Parametrisation {
        private final int[] others;
        private final Tensor length;
        private final Tensor direction;

        WeightNorm(Tensor weight, int axis) {
            this.others = new int[axis < 0 ? weight.rank() : weight.rank() - 1];
            for (int i = 0; i < others.length; i++) {
                others[i] = axis >= 0 && i >= axis ? i + 1 : i;
            }
            this.length = parameter("original0", norm(weight, axis >= 0).clone());
            this.direction = parameter("original1", weight.clone());
        }

        private Tensor norm(Tensor weight, boolean keep) {
            return weight.square().sum(keep, others).sqrt();
        }

        @Override
        Tensor value() {
            return direction.mul(length.div(norm(direction, length.rank() > 0)));
        }
    }

    private static final class SpectralNorm extends Parametrisation {
        /** The vectors of the power iteration, which PyTorch keeps under the place of the parametrisation. */
        private static final class Vectors extends Module {
            private final Tensor u;
            private final Tensor v;

            Vectors(Tensor u, Tensor v) {
                this.u = buffer("_u", u);
                this.v = buffer("_v", v);
            }
        }

        private final Tensor original;
        private final int iterations;
        private final int axis;
        private final double eps;
        private final Vectors vectors;

        SpectralNorm(Tensor weight, int iterations, int axis, double eps) {
            this.original = parameter("original", weight.clone());
            this.iterations = iterations;
            this.axis = axis;
            this.eps = eps;
            Tensor matrix = matrix(weight);
            Tensor u = Init.normal(weight.newZeros(matrix.shape().range(0, 1)), 0, 1);
            Tensor v = Init.normal(weight.newZeros(matrix.shape().range(1, 2)), 0, 1);
            this.vectors = child("0", new Vectors(unit(u).clone(), unit(v).clone()));
            iterate(matrix, 15);
        }

        private Tensor matrix(Tensor weight) {
            Tensor rows = weight.movedim(axis, 0);
            return weight.rank() == 1 ? rows.unsqueeze(1) : rows.flatten(1);
        }

        private Tensor unit(Tensor vector) {
            return F.normalize(vector, 2, 0, eps);
        }

        private void iterate(Tensor matrix, int times) {
            for (int i = 0; i < times; i++) {
                vectors.u.copy_(unit(matrix.mv(vectors.v)));
                vectors.v.copy_(unit(matrix.mT().mv(vectors.u)));
            }
        }

        @Override
        Tensor value() {
            Tensor matrix = matrix(original);
            if (isTraining()) {
                Tensors.noGrad(() -> iterate(matrix.detach(), iterations));
            }
            // Clones, because the next iteration overwrites what the gradient needs.
            Tensor greatest = vectors.u.clone().dot(matrix.mv(vectors.v.clone()));
            return original.div(greatest);
        }
    }
}
