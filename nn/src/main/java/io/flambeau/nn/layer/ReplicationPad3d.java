package io.flambeau.nn.layer;

import io.flambeau.nn.functional.PadMode;

/**
 * Pads 3 axes with the nearest element.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ReplicationPad3d.html">torch.nn.ReplicationPad3d</a>
 */
public final class ReplicationPad3d extends PadNd {
    /**
     * @param widths one for all sides, or two for each axis, the last axis first; negative ones crop
     */
    public ReplicationPad3d(long... widths) {
        super(3, widths, PadMode.REPLICATE, 0);
    }
}
