package io.flambeau.nn.layer;

import io.flambeau.nn.functional.PadMode;

/**
 * Pads 3 axes with the other end.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CircularPad3d.html">torch.nn.CircularPad3d</a>
 */
public final class CircularPad3d extends PadNd {
    /**
     * @param widths one for all sides, or two for each axis, the last axis first; negative ones crop
     */
    public CircularPad3d(long... widths) {
        super(3, widths, PadMode.CIRCULAR, 0);
    }
}
