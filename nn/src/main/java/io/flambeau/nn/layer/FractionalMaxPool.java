package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the fractional pools share: the windows, and the sizes of the result or their ratio to the input's. */
abstract class FractionalMaxPool extends Module {
    final long[] kernel;
    private final long @Nullable [] sizes;
    private final double @Nullable [] ratios;

    FractionalMaxPool(long[] kernel, long @Nullable [] sizes, double @Nullable [] ratios) {
        this.kernel = kernel.clone();
        this.sizes = sizes;
        this.ratios = ratios;
        if (ratios != null && Arrays.stream(ratios).anyMatch(r -> !(r > 0 && r < 1))) {
            throw new ArgumentException(
                    title(), "the ratios " + Arrays.toString(ratios) + " must lie between 0 and 1", Fault.BAD_ARGUMENT);
        }
    }

    abstract Tensor[] pooled(Tensor input, long[] sizes);

    private Tensor[] pooled(Tensor input) {
        if (ratios == null) {
            return pooled(input, Objects.requireNonNull(sizes));
        }
        long[] wanted = new long[ratios.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = (long) (input.size(input.rank() - wanted.length + i) * ratios[i]);
        }
        return pooled(input, wanted);
    }

    @Override
    protected final Tensor forward(Tensor input) {
        return pooled(input)[0];
    }

    /** The greatest elements and their places (I64) within their plane. */
    public final Tensor[] callWithIndices(Tensor input) {
        return scopedAll(input, this::pooled);
    }

    @Override
    protected final String describe() {
        return "kernelSize=" + Axes.of(kernel)
                + (ratios == null ? ", size=" + Arrays.toString(sizes) : ", ratio=" + Arrays.toString(ratios));
    }
}
