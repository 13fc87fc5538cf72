package io.flambeau.nn.layer;

import io.flambeau.nn.functional.PadMode;

/**
 * Pads 1 axis with a value.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ConstantPad1d.html">torch.nn.ConstantPad1d</a>
 */
public final class ConstantPad1d extends PadNd {
    /**
     * @param widths one for all sides, or two for each axis, the last axis first; negative ones crop
     */
    public ConstantPad1d(double value, long... widths) {
        super(1, widths, PadMode.CONSTANT, value);
    }
}
