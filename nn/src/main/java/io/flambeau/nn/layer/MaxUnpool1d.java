package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.tensor.Tensor;

/**
 * Puts elements back to the places that a max pool took them from, zeros elsewhere.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxUnpool1d.html">torch.nn.MaxUnpool1d</a>
 */
public final class MaxUnpool1d extends Module {
    private final MaxPoolOptions options;

    public MaxUnpool1d(MaxPoolOptions options) {
        this.options = options;
    }

    /**
     * @param indices what {@link MaxPool1d#callWithIndices} gave
     * @param size the spatial sizes of the result, or none for the smallest that fit
     */
    public Tensor call(Tensor input, Tensor indices, long... size) {
        return scoped(input, x -> F.maxUnpool1d(x, indices, options, size.length == 0 ? null : size));
    }
}
