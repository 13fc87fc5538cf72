package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;

/** What the adaptive pools share: the wanted sizes, one for all axes or one for each. */
abstract class AdaptivePool extends Module {
    private final long[] sizes;

    AdaptivePool(int axes, long... sizes) {
        if (sizes.length != 1 && sizes.length != axes) {
            throw new ArgumentException(
                    title(), "needs 1 size or " + axes + ", not " + sizes.length, Fault.BAD_ARGUMENT);
        }
        this.sizes = new long[axes];
        for (int i = 0; i < axes; i++) {
            this.sizes[i] = sizes[sizes.length == 1 ? 0 : i];
        }
    }

    /** The sizes of the result; -1 stands for the input's. */
    final long[] sizes(Tensor input) {
        long[] wanted = sizes.clone();
        for (int i = 0; i < wanted.length; i++) {
            int axis = input.rank() - wanted.length + i;
            if (wanted[i] == -1 && axis >= 0) {
                wanted[i] = input.size(axis);
            }
        }
        return wanted;
    }

    @Override
    protected final String describe() {
        return "size=" + Axes.of(sizes);
    }
}
