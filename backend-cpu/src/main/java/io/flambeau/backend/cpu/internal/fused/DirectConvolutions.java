package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.DotTile;
import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.WindowTile;
import io.flambeau.backend.cpu.internal.Workers;

/**
 * Convolutions of groups with few outputs, depthwise ones among them, from the padded images themselves: windows that
 * serve few outputs are not worth being packed.
 *
 * <p>Note [Places in the padded image]: because neighbouring places see neighbouring elements, places are counted along
 * the rows of the padded image, the end of each row included, where a window reaches into the next row. So one loop runs
 * over many rows; what is computed at the ends is not copied to the result.
 */
final class DirectConvolutions {
    /** Outputs from which windows are worth being packed. */
    private static final int MANY = 32;

    /** Floats of sums that are worked on together. */
    private static final int SUMS = 1 << 16;

    /** Floats of cotangents and images of a band of rows. */
    private static final int BAND = 32 << 10;

    /** Bytes of the widest tile. */
    private static final int BEHIND = 512;

    /** Into how many parts samples are cut for the weight's gradient. */
    private static final int SLICES = 16;

    private DirectConvolutions() {}

    /** Whether groups have few outputs and most places of the padded image are places of the result. */
    static boolean covers(Geometry g, int each) {
        return each <= MANY && g.out[2] >= 8 && 4 * g.places() >= 3 * g.phasePixels();
    }

    /** Whether that is so for the weight's gradient. */
    static boolean coversWeights(Geometry g, int each) {
        return each <= MANY && g.out[2] >= 8;
    }

    /** One group of one padded image. */
    static void forward(Correlation.Filter filter, int each, long padded, long w, long bias, long to) {
        if (isAlong(filter, WindowTile.of(each))) {
            along(filter, each, padded, w, bias, to);
            return;
        }
        Geometry g = filter.geometry();
        long[] rows = g.rows();
        bands(g, each, (first, last) -> {
            int n = places(g, rows, first, last);
            Sums sums = Sums.of(each, n);
            sums.add(filter.offsets(), padded + rows[first], w, filter.pitch());
            for (int o = 0; o < each; o++) {
                long row = sums.at(o);
                if (bias != 0) {
                    Row.AFFINE.map(n, row, row, 1, Mem.f32(bias + o * 4L));
                }
                long target = to + ((long) o * g.places() + (long) first * g.out[2]) * 4;
                Rows.of().copy(last - first, rows, first, row - rows[first], g.out[2], target, g.out[2] * 4L);
            }
        });
    }

    /**
     * Whether tiles fit rows of places: where the last ones overlap those before, they write the same again. A tile of one
     * output lies across rows, with a vector of each; others lie along a row.
     */
    private static boolean isAlong(Correlation.Filter filter, WindowTile tile) {
        int n = filter.geometry().out[2];
        int wide = Math.ceilDiv(n, tile.cols()) * tile.cols();
        return filter.offsets().length <= Gemm.DEPTH
                && n >= tile.lanes
                && (tile.rows == 1 ? filter.geometry().out[1] >= tile.vectors : 6 * wide <= 7 * n);
    }

    /** The same with tiles that write the result itself. */
    private static void along(Correlation.Filter filter, int each, long padded, long w, long bias, long to) {
        Geometry g = filter.geometry();
        int n = g.out[2];
        WindowTile tile = WindowTile.of(each);
        int height = tile.rows == 1 ? tile.vectors : 1;
        long grain = Math.max(height, SUMS / each / n);
        for (int z = 0; z < g.out[0]; z++) {
            int top = z * g.out[1];
            Workers.ranges(g.out[1], height, grain, (from, end) -> {
                for (long y = from; y < end; y += height) {
                    int row = (int) Math.min(y, g.out[1] - height);
                    long target = to + (long) (top + row) * n * 4;
                    tiles(filter, each, padded + g.base((top + row) * n), w, target);
                }
                for (int o = 0; o < each && bias != 0; o++) {
                    long row = to + ((long) o * g.places() + (top + from) * n) * 4;
                    Row.AFFINE.map((int) (end - from) * n, row, row, 1, Mem.f32(bias + o * 4L));
                }
            });
        }
    }

    /** Tiles along a row of places, or along as many rows as a tile has vectors. */
    private static void tiles(Correlation.Filter filter, int each, long x, long w, long to) {
        WindowTile tile = WindowTile.of(each);
        Geometry g = filter.geometry();
        int n = g.out[2];
        int lanes = tile.lanes;
        boolean across = tile.rows == 1;
        int depth = filter.offsets().length;
        long plane = g.places() * 4L;
        for (int c = 0; c < n; c += across ? lanes : tile.cols()) {
            long last = n - lanes;
            long at = 4 * Math.max(0, Math.min(c, across ? last : last - lanes));
            long next = across ? g.span[2] * 4L : Math.min(lanes * 4L, last * 4 - at);
            long beside = across ? n * 4L : next;
            for (int o = 0; o < each; o += tile.rows) {
                int count = Math.min(tile.rows, each - o);
                long from = w + o * filter.pitch();
                long sums = to + o * plane + at;
                tile.run(
                        depth,
                        count,
                        from,
                        filter.pitch(),
                        x + at,
                        next,
                        filter.offsets(),
                        0,
                        sums,
                        beside,
                        plane,
                        false);
            }
        }
    }

    /** The group's channels of one image with padding, and zeros after them, which vectors at the end read. */
    private static long padded(Geometry g, int inner, long image) {
        long bytes = g.paddedPixels() * 4;
        long to = Scratch.get(Scratch.COLUMNS, inner * bytes + BEHIND);
        g.pad(inner, image, to, bytes);
        Mem.zero(to + inner * bytes, BEHIND);
        return to;
    }

    /** Rows of places. */
    private interface Band {
        void run(int first, int last);
    }

    private static void bands(Geometry g, int each, Band band) {
        int rows = g.out[0] * g.out[1];
        int step = Math.max(1, SUMS / each / g.span[2]);
        int count = Math.ceilDiv(rows, step);
        Workers.run(count, i -> band.run((int) ((long) rows * i / count), (int) ((long) rows * (i + 1) / count)));
    }

    /** How many places of the padded image some rows are. */
    private static int places(Geometry g, long[] rows, int first, int last) {
        return (int) ((rows[last - 1] - rows[first]) / 4) + g.out[2];
    }

    /** Sums for some outputs, {@code step} bytes from one to the next, at {@code n} places. */
    private record Sums(WindowTile tile, int outputs, int n, long address, long step) {
        static Sums of(int outputs, int n) {
            WindowTile tile = WindowTile.of(outputs);
            long step = (long) Math.ceilDiv(n, tile.cols()) * tile.cols() * 4;
            return new Sums(tile, outputs, n, Scratch.get(Scratch.FUSED, outputs * step), step);
        }

        long at(long output) {
            return address + output * step;
        }

        /** Sums of windows at places from {@code x} on, by Note [The chain of a product]. */
        void add(long[] offsets, long x, long w, long pitch) {
            long vector = tile.lanes * 4L;
            for (int k = 0; k < offsets.length; k += Gemm.DEPTH) {
                int depth = Math.min(Gemm.DEPTH, offsets.length - k);
                for (int p = 0; p < n; p += tile.cols()) {
                    for (int o = 0; o < outputs; o += tile.rows) {
                        int count = Math.min(tile.rows, outputs - o);
                        long from = w + o * pitch + k * 4L;
                        long to = at(o) + p * 4L;
                        tile.run(depth, count, from, pitch, x + p * 4L, vector, offsets, k, to, vector, step, k > 0);
                    }
                }
            }
        }
    }

    /** The gradient for the weight: parts are slices of the samples of a group, whose sums are added in order. */
    static void weights(Geometry g, long samples, int groups, int outputs, long x, long cotangents, long to) {
        int inner = g.channels / groups;
        int each = outputs / groups;
        long[] offsets = g.offsets(inner);
        long[] rows = g.rows();
        long[] dense = new long[each * rows.length];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = (long) i * g.out[2] * 4;
        }
        int slices = (int) Math.min(samples, Math.max(1, SLICES / groups));
        int sums = each * offsets.length;
        long bytes = (long) sums * DotTile.LANES * 4;
        long memory = Scratch.get(Scratch.SHARED, groups * slices * bytes);
        Workers.run(groups * slices, part -> {
            long group = part / slices;
            int slice = part % slices;
            long lanes = memory + part * bytes;
            Mem.zero(lanes, bytes);
            for (long i = samples * slice / slices; i < samples * (slice + 1) / slices; i++) {
                long at = i * groups + group;
                long image = padded(g, inner, x + at * inner * g.pixels() * 4);
                dots(g, offsets, rows, dense, each, cotangents + at * each * g.places() * 4, image, lanes);
            }
        });
        Workers.ranges(groups, 1, Math.max(1, Workers.GRAIN / sums / slices), (first, last) -> {
            for (long group = first; group < last; group++) {
                long lanes = memory + group * slices * bytes;
                for (int slice = 1; slice < slices; slice++) {
                    Row.ADD.map(sums * DotTile.LANES, lanes, lanes + slice * bytes, lanes, 0, 0);
                }
                DotTile.finish(sums, lanes, to + group * sums * 4);
            }
        });
    }

    /**
     * The share of one image, band by band, so that the second cache holds what all outputs and elements need. Bands stay
     * within one of the planes that lie one behind the other.
     */
    private static void dots(
            Geometry g, long[] offsets, long[] rows, long[] dense, int each, long cotangents, long image, long lanes) {
        int inner = offsets.length / g.taps();
        boolean finite = Row.SCALE.sum(inner * g.paddedPixels(), image, 0) == 0;
        DotTile tile = DotTile.of(each, finite);
        int span = g.span[2];
        int most = Math.max(1, Math.min(g.out[1], BAND / (each + inner) / span));
        long pitch = new DotTile.Area(g.out[2], span, most).length() * 4L;
        long sides = Scratch.get(Scratch.FUSED, each * pitch);
        long step = (long) offsets.length * DotTile.LANES * 4;
        for (int first = 0, count; first < rows.length; first += count) {
            count = Math.min(most, g.out[1] - first % g.out[1]);
            DotTile.Area area = new DotTile.Area(g.out[2], span, count);
            Mem.zero(sides, each * pitch);
            for (int o = 0; o < each; o++) {
                int row = o * rows.length + first;
                Rows.of().copy(count, dense, row, cotangents, g.out[2], sides + o * pitch, span * 4L);
            }
            for (int o = 0; o < each; o += tile.rows) {
                int outputs = Math.min(tile.rows, each - o);
                long from = sides + o * pitch;
                for (int k = 0; k < offsets.length; k += tile.cols) {
                    int elements = Math.min(tile.cols, offsets.length - k);
                    long sums = lanes + o * step + (long) k * DotTile.LANES * 4;
                    tile.run(area, outputs, from, pitch, elements, image + rows[first], offsets, k, sums, step);
                }
            }
        }
    }
}
