package io.flambeau.tensor;

import io.flambeau.tensor.internal.Overwriting;
import java.util.function.UnaryOperator;

/**
 * The methods after which a tensor looks at its memory in another way, with PyTorch's trailing underscore; each returns
 * the tensor.
 *
 * <p>No element moves, and other tensors of the same memory keep their shapes. As with any in-place operation the
 * version grows, the history is that of the form without underscore, and a leaf that requires grad is refused outside
 * of {@link Tensors#noGrad}.
 *
 * <pre>{@code
 * Tensor x = Tensors.arange(6).reshape(2, 3);
 * x.t_();                                    // x now has the shape [3, 2]
 * }</pre>
 */
public sealed interface Viewing permits Tensor {
    private Tensor look(String operation, UnaryOperator<Tensor> view) {
        return Overwriting.look(operation, (Tensor) this, view);
    }

    /** As {@link Shaping#squeeze(int...)}, of this tensor. */
    default Tensor squeeze_(int... axes) {
        return look("squeeze_", x -> x.squeeze(axes));
    }

    /** As {@link Shaping#unsqueeze(int)}, of this tensor. */
    default Tensor unsqueeze_(int axis) {
        return look("unsqueeze_", x -> x.unsqueeze(axis));
    }

    /** As {@link Shaping#transpose(int, int)}, of this tensor. */
    default Tensor transpose_(int first, int second) {
        return look("transpose_", x -> x.transpose(first, second));
    }

    /** As {@link Shaping#t()}, of this tensor. */
    default Tensor t_() {
        return look("t_", Tensor::t);
    }

    /** As {@link Rearranging#swapaxes(int, int)}, of this tensor. */
    default Tensor swapaxes_(int first, int second) {
        return look("swapaxes_", x -> x.transpose(first, second));
    }

    /** As {@link Indexing#asStrided(Shape, long[], long)}, of this tensor. */
    default Tensor asStrided_(Shape shape, long[] strides, long offset) {
        return look("asStrided_", x -> x.asStrided(shape, strides, offset));
    }
}
