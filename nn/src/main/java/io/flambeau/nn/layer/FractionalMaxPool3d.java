package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;

/**
 * The greatest element of windows over 3 axes at pseudo-random places (Graham, <em>Fractional max-pooling</em>, 2014).
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.FractionalMaxPool3d.html">torch.nn.FractionalMaxPool3d</a>
 */
public final class FractionalMaxPool3d extends FractionalMaxPool {
    /**
     * @param kernel of the windows, one for each axis
     * @param sizes of the result, one for each axis
     */
    public FractionalMaxPool3d(long[] kernel, long... sizes) {
        super(kernel, sizes.clone(), null);
    }

    /**
     * @param kernel of the windows, one for each axis
     * @param ratios of the result's sizes to the input's, one for each axis
     */
    public FractionalMaxPool3d(long[] kernel, double[] ratios) {
        super(kernel, null, ratios.clone());
    }

    @Override
    Tensor[] pooled(Tensor input, long[] sizes) {
        return F.fractionalMaxPool3dWithIndices(input, kernel, sizes);
    }
}
