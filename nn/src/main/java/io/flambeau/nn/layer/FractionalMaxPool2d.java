package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;

/**
 * The greatest element of windows over 2 axes at pseudo-random places (Graham, <em>Fractional max-pooling</em>, 2014).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.FractionalMaxPool2d.html">torch.nn.FractionalMaxPool2d</a>
 */
public final class FractionalMaxPool2d extends FractionalMaxPool {
    /**
     * @param kernel of the windows, one for each axis
     * @param sizes of the result, one for each axis
     */
    public FractionalMaxPool2d(long[] kernel, long... sizes) {
        super(kernel, sizes.clone(), null);
    }

    /**
     * @param kernel of the windows, one for each axis
     * @param ratios of the result's sizes to the input's, one for each axis
     */
    public FractionalMaxPool2d(long[] kernel, double[] ratios) {
        super(kernel, null, ratios.clone());
    }

    @Override
    Tensor[] pooled(Tensor input, long[] sizes) {
        return F.fractionalMaxPool2dWithIndices(input, kernel, sizes);
    }
}
