package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;

/** What the padding layers share: widths for the last axis first, one number for all sides or two for each axis. */
abstract class PadNd extends Module {
    private final long[] widths;
    private final PadMode mode;
    private final double value;

    PadNd(int axes, long[] widths, PadMode mode, double value) {
        if (widths.length != 1 && widths.length != 2 * axes) {
            throw new ArgumentException(
                    title(), "needs 1 width or " + 2 * axes + ", not " + widths.length, Fault.BAD_ARGUMENT);
        }
        this.widths = new long[2 * axes];
        for (int i = 0; i < this.widths.length; i++) {
            this.widths[i] = widths[widths.length == 1 ? 0 : i];
        }
        this.mode = mode;
        this.value = value;
    }

    @Override
    protected final Tensor forward(Tensor input) {
        return F.pad(input, widths, mode, Scalar.of(value));
    }

    @Override
    protected final String describe() {
        return Axes.of(widths).toString();
    }
}
