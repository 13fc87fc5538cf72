package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights times windows: a convolution forward, or the phases of its gradient for the input. A part is one group of an
 * image, or of some small images side by side.
 *
 * @param filters one, or those of the phases, whose geometries share their padding
 * @param bias or 0
 * @param weave what brings the results of the phases together, or null where the one filter's results are all
 */
record Correlation(
        List<Filter> filters,
        long samples,
        int groups,
        int outputs,
        long x,
        long bias,
        @Nullable Weave weave,
        long out) {
    /** Images of fewer places are joined, up to twice as many columns. */
    private static final int FEW = 256;

    /** Parts that keep threads busy to the end. */
    private static final int ENOUGH = 8;

    /**
     * A weight [groups, outputs / groups, elements].
     *
     * @param offsets of a window's elements, in the order of the weight
     * @param pitch bytes from output to output
     */
    record Filter(Geometry geometry, long[] offsets, long weight, long pitch) {}

    /**
     * Runs parts side by side where they keep all threads busy, so that what one packs stays in a core's own cache; else
     * one after the other, each cut within.
     */
    void run() {
        boolean pixels = filters.stream().allMatch(filter -> filter.geometry.hasPixelWindows());
        boolean direct = filters.stream().anyMatch(this::isDirect);
        int places = filters.getFirst().geometry.places();
        int joined = places >= FEW || direct ? 1 : 2 * FEW / places;
        int count = Math.toIntExact(Math.ceilDiv(samples, joined) * groups);
        Workers.Parts parts = part -> part(part, joined, pixels, direct);
        if (count >= ENOUGH || count % Workers.threads() == 0) {
            Workers.run(count, parts);
            return;
        }
        for (int part = 0; part < count; part++) {
            parts.run(part);
        }
    }

    private int each() {
        return outputs / groups;
    }

    private boolean isDirect(Filter filter) {
        return DirectConvolutions.covers(filter.geometry, each());
    }

    /** A group of {@code joined} images. */
    private void part(int part, int joined, boolean pixels, boolean direct) {
        int group = part % groups;
        long first = (long) part / groups * joined;
        int images = (int) Math.min(joined, samples - first);
        Geometry g = filters.getFirst().geometry;
        int inner = g.channels / groups;
        Windows windows = Windows.of(g, pixels, x, first, images, group * inner, inner, direct);
        if (weave != null) {
            long results = Scratch.get(Scratch.STAGE, (long) images * each() * weave.places() * 4);
            long at = results;
            for (Filter filter : filters) {
                multiply(filter, windows, group, at);
                at += (long) images * each() * filter.geometry.places() * 4;
            }
            long plane = weave.pixels() * 4;
            long to = out + (first * outputs + (long) group * each()) * plane;
            weave.run(each(), images, results, to, outputs * plane);
            return;
        }
        Filter filter = filters.getFirst();
        long plane = filter.geometry.places() * 4L;
        long to = out + (first * outputs + (long) group * each()) * plane;
        if (images == 1) {
            multiply(filter, windows, group, to);
            return;
        }
        long results = Scratch.get(Scratch.STAGE, images * each() * plane);
        multiply(filter, windows, group, results);
        spread(images, filter.geometry.places(), results, to);
    }

    /** From results [outputs, images, places] to images. */
    private void spread(int images, int places, long results, long to) {
        long[] adjacent = new long[images];
        for (int i = 0; i < images; i++) {
            adjacent[i] = (long) i * places * 4;
        }
        long width = (long) images * places;
        Workers.ranges(each(), 1, Math.max(1, Workers.GRAIN / width), (from, end) -> {
            for (long o = from; o < end; o++) {
                long source = results + o * width * 4;
                long step = (long) outputs * places * 4;
                Rows.of().copy(images, adjacent, 0, source, places, to + o * places * 4, step);
            }
        });
    }

    /** Writes a filter's results [outputs, images, places]. */
    private void multiply(Filter filter, Windows windows, int group, long to) {
        long w = filter.weight + group * each() * filter.pitch;
        long shift = bias == 0 ? 0 : bias + group * each() * 4L;
        if (isDirect(filter)) {
            DirectConvolutions.forward(filter, each(), windows.padded(), w, shift, to);
            return;
        }
        Gemm.Epilogue add = bias == 0 ? null : (c, row, col, n) -> Row.AFFINE.map(n, c, c, 1, Mem.f32(shift + row * 4));
        windows.multiply(filter, each(), w, to, add);
    }
}
