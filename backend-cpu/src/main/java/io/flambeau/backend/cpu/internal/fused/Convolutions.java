package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.spi.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions as products of the weight with the windows of the images, which are packed as they are needed; see
 * Chellapilla, Puri and Simard, "High Performance Convolutional Neural Networks for Document Processing" (2006), for
 * the reduction and {@link Windows} for what is not stored.
 */
final class Convolutions {
    private Convolutions() {}

    private static boolean isCovered(int axes) {
        return axes >= 1 && axes <= Geometry.AXES;
    }

    static @Nullable Kernel forward(Convolution op, Spec[] in) {
        if (!isCovered(op.sliding().axes())) {
            return null;
        }
        Geometry g = Geometry.of(op.sliding(), in[0].shape(), in[1].shape());
        int outputs = Math.toIntExact(in[1].shape().size(0));
        long samples = in[0].shape().size(0);
        int groups = (int) op.groups();
        boolean minimal = MinimalFilters.covers(g, samples, groups, outputs);
        return (x, out) -> {
            long bias = op.bias() ? x[2].address() : 0;
            if (minimal) {
                long window = g.channels * 9L;
                MinimalFilters.forward(
                        g, samples, outputs, x[0].address(), x[1].address(), window, 9, 1, bias, out[0].address());
                return;
            }
            long[] offsets = g.offsets(g.channels / groups);
            Correlation.Filter filter = new Correlation.Filter(g, offsets, x[1].address(), offsets.length * 4L);
            long images = x[0].address();
            new Correlation(List.of(filter), samples, groups, outputs, images, bias, null, out[0].address()).run();
        };
    }

    static @Nullable Kernel input(ConvolutionInput op, Spec[] in) {
        if (!isCovered(op.sliding().axes())) {
            return null;
        }
        Shape cotangent = in[0].shape();
        Shape weight = in[1].shape();
        int groups = (int) op.groups();
        Shape x = Shape.of(cotangent.size(0), weight.size(1) * groups)
                .concat(Shape.of(op.sizes().toArray()));
        Geometry g = Geometry.of(op.sliding(), x, weight);
        int outputs = Math.toIntExact(weight.size(0));
        List<Phase> phases = Phase.of(g, outputs);
        Geometry back = phases.isEmpty() ? g : phases.getFirst().adjoint();
        boolean minimal = g.hasUnitStride() && MinimalFilters.covers(back, x.size(0), groups, g.channels);
        return (v, out) -> {
            if (minimal) {
                // The taps from last to first.
                long last = v[1].address() + 8 * 4;
                long window = g.channels * 9L;
                MinimalFilters.forward(
                        back, x.size(0), g.channels, v[0].address(), last, 9, window, -1, 0, out[0].address());
            } else {
                input(g, phases, x.size(0), groups, outputs, v[0].address(), v[1].address(), out[0].address());
            }
        };
    }

    /** See Note [The gradient in phases]. */
    private static void input(
            Geometry g, List<Phase> phases, long samples, int groups, int outputs, long cotangent, long w, long out) {
        long seen = 0;
        for (Phase phase : phases) {
            seen += phase.adjoint().places();
        }
        if (seen < g.pixels()) {
            long all = samples * g.channels * g.pixels() * 4;
            Workers.ranges(all, 64, 16 * Workers.GRAIN, (from, to) -> Mem.zero(out + from, to - from));
        }
        if (phases.isEmpty()) {
            return;
        }
        long row = (long) outputs / groups * 4;
        int taps = phases.stream().mapToInt(phase -> phase.taps().length).sum();
        long weight = Scratch.get(Scratch.WIDE, taps * g.channels * row);
        Phase.turn(g, phases, groups, outputs, w, weight);
        List<Correlation.Filter> filters = new ArrayList<>();
        for (Phase phase : phases) {
            filters.add(new Correlation.Filter(phase.adjoint(), phase.offsets(outputs / groups), weight, taps * row));
            weight += phase.taps().length * row;
        }
        boolean whole = phases.getFirst().adjoint().places() == g.pixels();
        Weave weave = whole ? null : Weave.of(g, phases);
        new Correlation(filters, samples, groups, g.channels, cotangent, 0, weave, out).run();
    }

    static @Nullable Kernel weight(ConvolutionWeight op, Spec[] in) {
        if (!isCovered(op.sliding().axes())) {
            return null;
        }
        Shape x = in[0].shape();
        int outputs = Math.toIntExact(in[1].shape().size(1));
        int groups = (int) op.groups();
        Shape weight = Shape.of(outputs, x.size(1) / groups)
                .concat(Shape.of(op.kernel().toArray()));
        Geometry g = Geometry.of(op.sliding(), x, weight);
        if (MinimalFilters.covers(g, x.size(0), groups, outputs)) {
            return (v, out) -> MinimalFilters.weightGradient(
                    g, x.size(0), outputs, v[0].address(), v[1].address(), out[0].address());
        }
        if (DirectConvolutions.coversWeights(g, outputs / groups)) {
            return (v, out) -> DirectConvolutions.weights(
                    g, x.size(0), groups, outputs, v[0].address(), v[1].address(), out[0].address());
        }
        WeightGradient gradient = new WeightGradient(g, x.size(0), groups, outputs);
        return (v, out) -> gradient.run(v[0].address(), v[1].address(), out[0].address());
    }
}
