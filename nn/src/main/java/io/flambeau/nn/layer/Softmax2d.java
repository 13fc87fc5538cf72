package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;

/**
 * The softmax over the channels of [batch, channels, height, width], at each place.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax2d.html">torch.nn.Softmax2d</a>
 */
public final class Softmax2d extends Module {
    public Softmax2d() {}

    @Override
    protected Tensor forward(Tensor input) {
        if (input.rank() != 3 && input.rank() != 4) {
            throw new ShapeException(
                    "Softmax2d", "needs 3 or 4 axes, the shape is " + input.shape(), Fault.SHAPE_MISMATCH);
        }
        return input.softmax(-3);
    }
}
