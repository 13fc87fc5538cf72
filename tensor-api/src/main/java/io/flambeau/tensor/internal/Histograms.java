package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.math.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Histograms over grids: the counts, then the edges of each axis. */
public final class Histograms {
    private Histograms() {}

    /** With so many equal bins along each axis. */
    public static Tensor[] of(
            String operation,
            Tensor points,
            long[] bins,
            double @Nullable [] range,
            @Nullable Tensor weight,
            boolean density) {
        requireAxes(operation, points, bins.length);
        if (range != null && range.length != 2 * bins.length) {
            throw new ArgumentException(
                    operation,
                    "range has " + range.length + " numbers; it needs two for each of " + bins.length + " axes",
                    Fault.BAD_ARGUMENT);
        }
        Tensor[] edges = new Tensor[bins.length];
        Tensor flat = points.detach().reshape(-1, bins.length);
        for (int i = 0; i < bins.length; i++) {
            if (bins[i] <= 0) {
                throw new ArgumentException(
                        operation, "the number of bins is " + bins[i] + "; it must be positive", Fault.BAD_ARGUMENT);
            }
            boolean empty = flat.count() == 0;
            Tensor column = flat.select(1, i);
            double low =
                    range != null ? range[2 * i] : empty ? 0 : column.amin().item();
            double high =
                    range != null ? range[2 * i + 1] : empty ? 1 : column.amax().item();
            if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
                throw new ArgumentException(
                        operation,
                        "the range from " + low + " to " + high + " is not finite and ascending",
                        Fault.BAD_ARGUMENT);
            }
            if (low == high) {
                low -= 0.5;
                high += 0.5;
            }
            edges[i] = Tensors.linspace(low, high, bins[i] + 1, points.dtype());
        }
        return of(operation, points, edges, weight, density);
    }

    /** With ascending edges along each axis. */
    public static Tensor[] of(
            String operation, Tensor points, Tensor[] edges, @Nullable Tensor weight, boolean density) {
        requireAxes(operation, points, edges.length);
        Tensor flat = points.detach().reshape(-1, edges.length);
        boolean weighted = weight != null;
        Tensor[] in = new Tensor[1 + edges.length + (weighted ? 1 : 0)];
        in[0] = flat;
        for (int i = 0; i < edges.length; i++) {
            in[1 + i] = edges[i].detach().to(flat.dtype());
        }
        if (weight != null) {
            in[1 + edges.length] = weight.detach().reshape(-1);
        }
        Tensor counts = Dispatch.one(new Histogram(edges.length, weighted, false), in);
        if (density) {
            counts = counts.div(counts.sum());
            for (int i = 0; i < edges.length; i++) {
                long[] sizes = new long[edges.length];
                Arrays.fill(sizes, 1);
                sizes[i] = counts.size(i);
                counts = counts.div(in[1 + i].diff(1, 0, null, null).reshape(sizes));
            }
        }
        Tensor[] out = new Tensor[1 + edges.length];
        out[0] = counts;
        System.arraycopy(edges, 0, out, 1, edges.length);
        return out;
    }

    private static void requireAxes(String operation, Tensor points, int axes) {
        if (points.dtype() != DType.F32 && points.dtype() != DType.F64) {
            throw new DTypeException(operation, "needs float32 or float64, not " + points.dtype(), Fault.BAD_DTYPE);
        }
        if (points.rank() == 0 || points.size(-1) != axes) {
            throw new ArgumentException(
                    operation,
                    "there are bins for " + axes + " axes, the last axis of the points' shape " + points.shape()
                            + " must have that size",
                    Fault.BAD_ARGUMENT);
        }
    }
}
