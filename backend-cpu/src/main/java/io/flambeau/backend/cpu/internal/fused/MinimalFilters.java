package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Packing;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Winograd;
import io.flambeau.backend.cpu.internal.Workers;

/**
 * Convolutions by three by three taps with unit strides in 2.25 times fewer multiplications than their definition: two by
 * two outputs, a tile, come of sixteen products of matrices, one for each of the factors of {@link Winograd}. The
 * transforms go along channels, so rows of images are turned to {@link Pixels} first. The error is about that of the
 * definition. An infinite pixel makes NaN of its neighbours in a tile.
 */
final class MinimalFilters {
    private static final int FACTORS = 16;
    /** Outputs whose factors lie together. */
    private static final int PANEL = Gemm.F32.panel();

    /** Fewer tiles do not pay for the transform of the weight, fewer channels not for that of the images. */
    private static final long FEWEST_TILES = 64;

    private static final int FEWEST_CHANNELS = 16;

    /** Bytes of factors and products that stay in the second cache. */
    private static final long BLOCK = 768 * 1024;

    /** Bytes of factors that threads share. */
    private static final long SHARED = 10 << 20;

    /** Outputs whose gradients are made together: their sums stay in the second cache. */
    private static final int SLICE = 32;

    /** Bytes of sums that a part may have for itself, and how many such parts there are. */
    private static final long OWN = 1 << 19;

    private static final int PARTS = 8;

    private final Geometry g;
    private final int outputs;
    private final int down;
    private final int across;

    private MinimalFilters(Geometry g, int outputs) {
        this.g = g;
        this.outputs = outputs;
        down = (g.out[1] + 1) / 2;
        across = (g.out[2] + 1) / 2;
    }

    static boolean covers(Geometry g, long samples, int groups, int outputs) {
        long tiles = samples * ((g.out[1] + 1) / 2) * ((g.out[2] + 1) / 2);
        return groups == 1
                && g.kernel[0] == 1
                && g.size[0] == 1
                && g.out[0] == 1
                && g.kernel[1] == 3
                && g.kernel[2] == 3
                && g.dilation[1] == 1
                && g.dilation[2] == 1
                && g.hasUnitStride()
                && Math.min(g.channels, outputs) >= FEWEST_CHANNELS
                && tiles >= FEWEST_TILES;
    }

    private static int padded(int channels, int multiple) {
        return (channels + multiple - 1) / multiple * multiple;
    }

    /** So many rows of tiles of an image with their padding. */
    private Pixels images(int rows) {
        int pitch = padded(g.channels, Winograd.CHANNELS);
        long at = Scratch.get(Scratch.COLUMNS, Pixels.bytes(2 * rows + 2, 2 * across + 2, pitch));
        return new Pixels(at, 2 * rows + 2, 2 * across + 2, g.channels, pitch);
    }

    /** So many rows of whole tiles of a result. */
    private Pixels results(int rows, int pitch) {
        long at = Scratch.get(Scratch.FUSED, Pixels.bytes(2 * rows, 2 * across, pitch));
        return new Pixels(at, 2 * rows, 2 * across, outputs, pitch);
    }

    /** Work on {@code rows} rows of tiles of one image from row {@code top} on, which are number {@code first} and on. */
    @FunctionalInterface
    private interface Strip {
        void run(long image, int top, int rows, int first);
    }

    /** Goes over rows {@code from} to {@code from + rows - 1} of tiles, counted over all images, image by image. */
    private void strips(long from, int rows, Strip strip) {
        for (int done = 0; done < rows; ) {
            int top = (int) ((from + done) % down);
            int count = Math.min(rows - done, down - top);
            strip.run((from + done) / down, top, count, done);
            done += count;
        }
    }

    /** Factors or products of so many tiles: [FACTORS, tiles, pitch], a line longer than the channels. */
    private record Planes(long address, int tiles, int pitch) {
        static Planes of(long address, int tiles, int channels) {
            return new Planes(address, tiles, channels + Winograd.CHANNELS);
        }

        /** The bytes of factors of so many channels and so many others. */
        static long bytes(int tiles, int channels, int others) {
            return of(0, tiles, channels).bytes() + of(0, tiles, others).bytes();
        }

        long bytesOfTile() {
            return pitch * 4L;
        }

        long plane() {
            return tiles * bytesOfTile();
        }

        long bytes() {
            return FACTORS * plane();
        }

        long row(long tile) {
            return address + tile * bytesOfTile();
        }

        /** The same planes from a tile on. */
        Planes from(long tile) {
            return new Planes(row(tile), tiles, pitch);
        }

        /** The tiles of a factor, from a channel on. */
        Matrix matrix(int factor, int channel) {
            return new Matrix(address + factor * plane() + channel * 4L, pitch, 1);
        }
    }

    /**
     * The result for images [samples, channels, ...], with the weight of output o, input i and tap (y, x) at
     * {@code w + 4 (o outputStep + i inputStep + (3 y + x) tapStep)}.
     */
    static void forward(
            Geometry g,
            long samples,
            int outputs,
            long x,
            long w,
            long outputStep,
            long inputStep,
            long tapStep,
            long bias,
            long out) {
        new MinimalFilters(g, outputs).forward(samples, x, w, outputStep, inputStep, tapStep, bias, out);
    }

    private void forward(
            long samples, long x, long w, long outputStep, long inputStep, long tapStep, long bias, long out) {
        Weight weight = new Weight(w, outputStep, inputStep, tapStep);
        int rows = Math.toIntExact(samples * down);
        long rowBytes = Planes.bytes(across, padded(g.channels, Winograd.CHANNELS), wide());
        // The weight is read once a block: more of it asks for larger blocks.
        long wanted = (long) g.channels * outputs / 512 / across;
        if (wanted > rows / 2 && rows * rowBytes <= SHARED) {
            together(rows, x, weight, bias, out);
        } else {
            blocks(
                    rows,
                    Math.clamp(Math.max(wanted, BLOCK / rowBytes), 1, Math.max(1, rows / 4)),
                    x,
                    weight,
                    bias,
                    out);
        }
    }

    private int panels() {
        return (outputs + PANEL - 1) / PANEL;
    }

    private int wide() {
        return panels() * PANEL;
    }

    /** The bytes of the weight's factors for a panel of outputs. */
    private long panelBytes() {
        return (long) FACTORS * g.channels * PANEL * 4;
    }

    /** Few tiles and much weight: a part is some outputs for all tiles, whose factors the second cache holds. */
    private void together(int rows, long x, Weight weight, long bias, long out) {
        Planes[] planes = planes(rows, wide());
        long grain = 1 + rows / PARTS;
        Workers.ranges(
                rows, 1, grain, (from, to) -> factors(x, from, (int) (to - from), planes[0].from(from * across)));
        Workers.run(panels(), panel -> {
            long factors = Scratch.get(Scratch.WIDE, panelBytes());
            weight.factors(panel, 0, g.channels, factors);
            products(planes, factors, panel, 1);
        });
        Workers.ranges(
                rows,
                1,
                grain,
                (from, to) -> results(planes[1].from(from * across), bias, from, (int) (to - from), out));
    }

    /** Many tiles: a part is {@code block} rows of them for all outputs. */
    private void blocks(int rows, int block, long x, Weight weight, long bias, long out) {
        long all = Scratch.get(Scratch.WIDE, panels() * panelBytes());
        Workers.ranges((long) panels() * g.channels, 1, Math.max(1, Workers.GRAIN / 16 / PANEL), (first, last) -> {
            for (long at = first; at < last; ) {
                int panel = (int) (at / g.channels);
                int from = (int) (at % g.channels);
                int to = (int) Math.min(g.channels, from + last - at);
                weight.factors(panel, from, to, all + panel * panelBytes());
                at += to - from;
            }
        });
        Workers.run((rows + block - 1) / block, part -> {
            long from = (long) part * block;
            int count = (int) Math.min(block, rows - from);
            Planes[] planes = planes(count, wide());
            factors(x, from, count, planes[0]);
            products(planes, all, 0, panels());
            results(planes[1], bias, from, count, out);
        });
    }

    /** This thread's memory for the factors and products of so many rows of tiles. */
    private Planes[] planes(int rows, int wide) {
        int deep = padded(g.channels, Winograd.CHANNELS);
        long memory = Scratch.get(Scratch.STAGE, Planes.bytes(rows * across, deep, wide));
        Planes factors = Planes.of(memory, rows * across, deep);
        return new Planes[] {factors, Planes.of(memory + factors.bytes(), rows * across, wide)};
    }

    /** The products of all tiles with some panels of the weight's factors. */
    private void products(Planes[] planes, long weight, int first, int count) {
        int n = g.channels;
        long plane = n * PANEL * 4L;
        for (int f = 0; f < FACTORS; f++) {
            Matrix right = planes[1].matrix(f, first * PANEL);
            Gemm.F32.packed(
                    planes[0].tiles,
                    count * PANEL,
                    n,
                    planes[0].matrix(f, 0),
                    weight + f * plane,
                    FACTORS * plane,
                    right);
        }
    }

    /** The factors of rows {@code from} to {@code from + rows - 1} of tiles, counted over all images. */
    private void factors(long x, long from, int rows, Planes to) {
        strips(from, rows, (image, top, count, first) -> factors(x, image, top, count, to.from((long) first * across)));
    }

    private void results(Planes products, long bias, long from, int rows, long out) {
        strips(
                from,
                rows,
                (image, top, count, first) ->
                        results(products.from((long) first * across), bias, image, top, count, out));
    }

    /** A weight of taps that lie apart. */
    private final class Weight {
        private final long address;
        private final long outputStep;
        private final long inputStep;
        private final long tapStep;

        Weight(long address, long outputStep, long inputStep, long tapStep) {
            this.address = address;
            this.outputStep = outputStep;
            this.inputStep = inputStep;
            this.tapStep = tapStep;
        }

        /** Writes a panel of outputs for inputs {@code from} to {@code to - 1} as right factors [FACTORS, inputs, panel]. */
        void factors(int panel, int from, int to, long out) {
            int first = panel * PANEL;
            int count = Math.min(PANEL, outputs - first);
            long row = PANEL * 4L;
            long taps = Scratch.get(Scratch.FUSED, (9 + 12) * row);
            long rows = taps + 9 * row;
            for (int i = from; i < to; i++) {
                long source = address + (i * inputStep + first * outputStep) * 4;
                Packing.tile(source, tapStep, outputStep, 4, 9, count, PANEL, taps);
                Winograd.WEIGHT.run(1, 3 * PANEL, taps, 3 * row, 0, rows, 3 * row, 0);
                long plane = g.channels * row;
                Winograd.WEIGHT.run(4, PANEL, rows, row, 3 * row, out + i * row, plane, 4 * plane);
            }
        }
    }

    /** The factors of some rows of tiles of an image. */
    private void factors(long x, long image, int top, int rows, Planes factors) {
        Pixels pixels = images(rows);
        pixels.read(x + image * g.channels * g.pixels() * 4, g.size[1], g.size[2], 2 * top - g.before[1], -g.before[2]);
        for (int r = 0; r < rows; r++) {
            factors(pixels, pixels.at(2 * r, 0), factors.row((long) r * across), factors);
        }
    }

    /** The pixels of some rows of tiles from their products. */
    private void results(Planes products, long bias, long image, int top, int rows, long out) {
        Pixels pixels = results(rows, products.pitch - Winograd.CHANNELS);
        for (int r = 0; r < rows; r++) {
            pixels(products.row((long) r * across), products, pixels.at(2 * r, 0), pixels, bias);
        }
        pixels.write(g.out[1], g.out[2], 2 * top, out + image * outputs * g.places() * 4);
    }

    /** The factors of a row of tiles: down the columns of its pixels, then along. */
    private void factors(Pixels images, long from, long to, Planes factors) {
        long buffer = Scratch.get(Scratch.TILE, 4 * images.row());
        int floats = images.width() * images.pitch();
        Winograd.INPUT.run(1, floats, from, images.row(), 0, buffer, images.row(), 0);
        for (int i = 0; i < 4; i++) {
            long row = buffer + i * images.row();
            long at = to + 4 * i * factors.plane();
            long step = images.pixel();
            Winograd.INPUT.run(across, images.pitch(), row, step, 2 * step, at, factors.plane(), factors.bytesOfTile());
        }
    }

    /** The pixels of a row of tiles from its products. */
    private void pixels(long from, Planes products, long to, Pixels results, long bias) {
        long buffer = Scratch.get(Scratch.TILE, 4 * results.row());
        long step = results.pixel();
        for (int i = 0; i < 4; i++) {
            long row = buffer + i * results.row();
            long at = from + 4 * i * products.plane();
            Winograd.OUTPUT.run(
                    across, results.pitch(), at, products.plane(), products.bytesOfTile(), row, step, 2 * step);
        }
        int floats = results.width() * results.pitch();
        Winograd.OUTPUT.run(1, floats, buffer, results.row(), 0, to, results.row(), 0);
        for (int i = 0; i < 2 * results.width() && bias != 0; i++) {
            Row.ADD.map(outputs, to + i * step, bias, to + i * step, 0, 0);
        }
    }

    /** The gradient for the weight [outputs, channels, 3, 3] of images and cotangents [samples, outputs, ...]. */
    static void weightGradient(Geometry g, long samples, int outputs, long x, long cotangent, long to) {
        new MinimalFilters(g, outputs).weightGradient(samples, x, cotangent, to);
    }

    private void weightGradient(long samples, long x, long cotangent, long to) {
        int wide = padded(g.channels, Winograd.CHANNELS);
        int rows = Math.toIntExact(samples * down);
        long plane = (long) outputs * wide * 4;
        if (FACTORS * plane > OWN && rows * Planes.bytes(across, wide, padded(outputs, Winograd.CHANNELS)) <= SHARED) {
            Planes[] planes = planes(x, cotangent, 0, rows, 1 + rows / PARTS);
            Workers.run((outputs + SLICE - 1) / SLICE, part -> {
                int first = part * SLICE;
                int count = Math.min(SLICE, outputs - first);
                long sums = Scratch.get(Scratch.WIDE, 4L * FACTORS * SLICE * wide);
                for (int f = 0; f < FACTORS; f++) {
                    sum(planes, f, first, count, sums + 4L * f * SLICE * wide, wide, false);
                }
                for (int o = 0; o < count; o++) {
                    taps(sums + o * wide * 4L, 4L * SLICE * wide, wide, to + (first + o) * g.channels * 36L);
                }
            });
            return;
        }
        // Small sums are made several times, each by a part of its own, and added; large ones by all threads together.
        int parts = FACTORS * plane <= OWN ? Math.min(PARTS, rows) : 1;
        long sums = Scratch.get(Scratch.SHARED, parts * FACTORS * plane);
        Workers.run(parts, part -> {
            long sum = sums + part * FACTORS * plane;
            accumulate(x, cotangent, rows * part / parts, rows * (part + 1) / parts, parts > 1, sum);
        });
        Workers.ranges(FACTORS * plane / 4, Winograd.CHANNELS, Workers.GRAIN, (low, high) -> {
            for (int part = 1; part < parts; part++) {
                long at = sums + low * 4;
                Row.ADD.map((int) (high - low), at, at + part * FACTORS * plane, at, 0, 0);
            }
        });
        Workers.ranges(outputs, 1, Math.max(1, Workers.GRAIN / 16 / wide), (low, high) -> {
            for (long o = low; o < high; o++) {
                taps(sums + o * wide * 4, plane, wide, to + o * g.channels * 36);
            }
        });
    }

    /** Sums what rows {@code first} to {@code last - 1} of tiles give, so many bytes of factors at a time. */
    private void accumulate(long x, long cotangent, int first, int last, boolean alone, long sums) {
        int wide = padded(g.channels, Winograd.CHANNELS);
        long rowBytes = Planes.bytes(across, wide, padded(outputs, Winograd.CHANNELS));
        int chunk = Math.clamp((alone ? BLOCK : SHARED / 2) / rowBytes, 1, last - first);
        for (int from = first; from < last; from += chunk) {
            int length = Math.min(chunk, last - from);
            Planes[] planes = planes(x, cotangent, from, length, alone ? length : 1 + length / PARTS);
            boolean add = from > first;
            Workers.run(FACTORS, f -> sum(planes, f, 0, outputs, sums + (long) f * outputs * wide * 4, wide, add));
        }
    }

    /** The factors of some rows of tiles of the images and of the cotangents; threads take {@code grain} rows at a time. */
    private Planes[] planes(long x, long cotangent, int from, int rows, int grain) {
        Planes[] planes = planes(rows, padded(outputs, Winograd.CHANNELS));
        Workers.ranges(
                rows,
                1,
                grain,
                (low, high) -> strips(from + low, (int) (high - low), (image, top, count, first) -> {
                    factors(x, image, top, count, planes[0].from((low + first) * across));
                    slopes(cotangent, image, top, count, planes[1].from((low + first) * across));
                }));
        return planes;
    }

    /** The sums over tiles of a factor's products for some outputs, [outputs, wide]. */
    private void sum(Planes[] planes, int factor, int first, int count, long to, int wide, boolean add) {
        Matrix left = planes[1].matrix(factor, first).transposed();
        Matrix sums = new Matrix(to, wide, 1);
        Gemm.F32.run(count, g.channels, planes[0].tiles, left, planes[0].matrix(factor, 0), sums, add, null);
    }

    /** The factors of some rows of tiles of an image's cotangents. */
    private void slopes(long cotangent, long image, int top, int rows, Planes factors) {
        Pixels pixels = results(rows, factors.pitch - Winograd.CHANNELS);
        pixels.read(cotangent + image * outputs * g.places() * 4, g.out[1], g.out[2], 2 * top, 0);
        for (int r = 0; r < rows; r++) {
            slopes(pixels, pixels.at(2 * r, 0), factors.row((long) r * across), factors);
        }
    }

    /** The factors of a row of tiles of cotangents. */
    private void slopes(Pixels cotangents, long from, long to, Planes factors) {
        long buffer = Scratch.get(Scratch.TILE, 4 * cotangents.row());
        int floats = cotangents.width() * cotangents.pitch();
        Winograd.OUTPUT_ADJOINT.run(1, floats, from, cotangents.row(), 0, buffer, cotangents.row(), 0);
        long step = cotangents.pixel();
        for (int i = 0; i < 4; i++) {
            long row = buffer + i * cotangents.row();
            long at = to + 4 * i * factors.plane();
            Winograd.OUTPUT_ADJOINT.run(
                    across, cotangents.pitch(), row, step, 2 * step, at, factors.plane(), factors.bytesOfTile());
        }
    }

    /** The gradient [channels, 3, 3] of one output from its factors. */
    private void taps(long sums, long plane, int wide, long to) {
        long row = wide * 4L;
        long taps = Scratch.get(Scratch.FUSED, (9 + 12) * row);
        long rows = taps + 9 * row;
        Winograd.WEIGHT_ADJOINT.run(4, wide, sums, plane, 4 * plane, rows, row, 3 * row);
        Winograd.WEIGHT_ADJOINT.run(1, 3 * wide, rows, 3 * row, 0, taps, 3 * row, 0);
        Packing.block(taps, 1, wide, 4, g.channels, 9, to, 36);
    }
}
