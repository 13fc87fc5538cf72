package io.flambeau.nn.layer;

import io.flambeau.nn.functional.PadMode;

/**
 * Pads 2 axes with the nearest element.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.ReplicationPad2d.html">torch.nn.ReplicationPad2d</a>
 */
public final class ReplicationPad2d extends PadNd {
    /**
     * @param widths one for all sides, or two for each axis, the last axis first; negative ones crop
     */
    public ReplicationPad2d(long... widths) {
        super(2, widths, PadMode.REPLICATE, 0);
    }
}
