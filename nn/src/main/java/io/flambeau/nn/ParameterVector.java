package io.flambeau.nn;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;

/**
 * Parameters as one long vector, for methods that know nothing of layers.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parameters_to_vector.html">parameters_to_vector</a>
 */
public final class ParameterVector {
    private ParameterVector() {}

    /** All elements, one parameter after another; differentiable. */
    public static Tensor of(List<Tensor> parameters) {
        return Tensors.cat(0, parameters.stream().map(p -> p.reshape(-1)).toArray(Tensor[]::new));
    }

    /**
     * Writes the elements of a vector into parameters.
     *
     * @throws ShapeException if there are not as many, before anything is written
     */
    public static void copy(Tensor vector, List<Tensor> parameters) {
        long count = parameters.stream().mapToLong(Tensor::count).sum();
        if (vector.rank() != 1 || vector.size(0) != count) {
            throw new ShapeException(
                    "ParameterVector.copy",
                    "the parameters have " + count + " elements, the vector is " + vector.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensors.noGrad(() -> {
            long at = 0;
            for (Tensor p : parameters) {
                p.copy_(vector.narrow(0, at, p.count()).reshape(p.shape().sizes()));
                at += p.count();
            }
        });
    }
}
