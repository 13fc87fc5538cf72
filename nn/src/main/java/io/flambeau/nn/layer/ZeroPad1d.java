package io.flambeau.nn.layer;

import io.flambeau.nn.functional.PadMode;

/**
 * Pads 1 axis with zeros.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ZeroPad1d.html">torch.nn.ZeroPad1d</a>
 */
public final class ZeroPad1d extends PadNd {
    /**
     * @param widths one for all sides, or two for each axis, the last axis first; negative ones crop
     */
    public ZeroPad1d(long... widths) {
        super(1, widths, PadMode.CONSTANT, 0);
    }
}
