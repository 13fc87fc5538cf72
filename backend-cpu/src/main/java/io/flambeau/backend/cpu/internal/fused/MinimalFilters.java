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
 * transforms go along channels, so images are turned to {@link Pixels} first. The error is about that of the definition.
 */
final class MinimalFilters {
    private static final int FACTORS = 16;
    private static final Winograd TRANSFORMS = Winograd.of();

    /** Fewer tiles do not pay for the transform of the weight, fewer channels not for that of the images. */
    private static final long FEWEST_TILES = 128;

    private static final int FEWEST_CHANNELS = 16;

    /** Bytes of images that are worked on at a time. */
    private static final long BATCH = 16 << 20;

    /** Bytes of factors and products that stay in the second cache. */
    private static final long BLOCK = 768 * 1024;

    /** Bytes of factors that threads share. */
    private static final long SHARED = 4 << 20;

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

    /** The images with their padding, as far as tiles see them. */
    private Pixels images(long samples) {
        int pitch = padded(g.channels, Winograd.CHANNELS);
        long bytes = Pixels.bytes(2 * down + 2, 2 * across + 2, pitch);
        long at = Scratch.get(Scratch.COLUMNS, samples * bytes);
        return new Pixels(at, 2 * down + 2, 2 * across + 2, g.channels, pitch);
    }

    /** Whole tiles of the results. */
    private Pixels results(long samples, int pitch) {
        long at = Scratch.get(Scratch.FUSED, samples * Pixels.bytes(2 * down, 2 * across, pitch));
        return new Pixels(at, 2 * down, 2 * across, outputs, pitch);
    }

    private long batch(long samples) {
        long image = 4L * (2 * down + 2) * (2 * across + 2) * (g.channels + outputs + 2 * Winograd.CHANNELS);
        return Math.clamp(BATCH / image, 1, samples);
    }

    /** The first pixel of a row of tiles, counted over all images. */
    private long tiles(Pixels pixels, long row) {
        return pixels.at(row / down, (int) (2 * (row % down)), 0);
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

        Matrix matrix(int factor) {
            return new Matrix(address + factor * plane(), pitch, 1);
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
        int wide = padded(outputs, Math.max(Winograd.CHANNELS, Gemm.F32.panel()));
        long weight = weight(wide, w, outputStep, inputStep, tapStep);
        long batch = batch(samples);
        for (long first = 0; first < samples; first += batch) {
            long count = Math.min(batch, samples - first);
            Pixels images = images(count);
            Pixels results = results(count, wide);
            images.read(count, x + first * g.channels * g.pixels() * 4, g.size[1], g.size[2], g.before[1], g.before[2]);
            long rows = count * down;
            long fits = BLOCK / (4L * FACTORS * across * (images.pitch() + wide + 2 * Winograd.CHANNELS));
            // The weight is read once a block: more of it asks for larger blocks.
            long wanted = Math.max(fits, (long) g.channels * outputs / 512 / across);
            long block = Math.max(1, Math.min(wanted, rows / 4));
            Workers.run((int) ((rows + block - 1) / block), part -> {
                long from = part * block;
                block(images, results, weight, bias, from, (int) Math.min(block, rows - from));
            });
            results.write(count, g.out[1], g.out[2], out + first * outputs * g.places() * 4);
        }
    }

    /** Rows {@code from} to {@code from + rows - 1} of tiles. */
    private void block(Pixels images, Pixels results, long weight, long bias, long from, int rows) {
        int count = rows * across;
        long memory = Scratch.get(Scratch.STAGE, Planes.bytes(count, images.pitch(), results.pitch()));
        Planes factors = Planes.of(memory, count, images.pitch());
        Planes products = Planes.of(memory + factors.bytes(), count, results.pitch());
        for (int r = 0; r < rows; r++) {
            factors(images, tiles(images, from + r), factors.row(r * across), factors);
        }
        long plane = (long) g.channels * results.pitch() * 4;
        for (int f = 0; f < FACTORS; f++) {
            long right = weight + f * plane;
            Gemm.F32.packed(count, results.pitch(), g.channels, factors.matrix(f), right, products.matrix(f), false);
        }
        for (int r = 0; r < rows; r++) {
            pixels(products.row(r * across), products, tiles(results, from + r), results, bias);
        }
    }

    /** The factors of a row of tiles: down the columns of its pixels, then along. */
    private void factors(Pixels images, long from, long to, Planes factors) {
        long buffer = Scratch.get(Scratch.TILE, 4 * images.row());
        int floats = images.width() * images.pitch();
        TRANSFORMS.input(1, floats, from, images.row(), 0, buffer, images.row(), 0);
        for (int i = 0; i < 4; i++) {
            long row = buffer + i * images.row();
            long at = to + 4 * i * factors.plane();
            long step = images.pixel();
            TRANSFORMS.input(across, images.pitch(), row, step, 2 * step, at, factors.plane(), factors.bytesOfTile());
        }
    }

    /** The pixels of a row of tiles from its products. */
    private void pixels(long from, Planes products, long to, Pixels results, long bias) {
        long buffer = Scratch.get(Scratch.TILE, 4 * results.row());
        long step = results.pixel();
        for (int i = 0; i < 4; i++) {
            long row = buffer + i * results.row();
            long at = from + 4 * i * products.plane();
            TRANSFORMS.output(
                    across, results.pitch(), at, products.plane(), products.bytesOfTile(), row, step, 2 * step);
        }
        int floats = results.width() * results.pitch();
        TRANSFORMS.output(1, floats, buffer, results.row(), 0, to, results.row(), 0);
        for (int i = 0; i < 2 * results.width() && bias != 0; i++) {
            Row.ADD.map(outputs, to + i * step, bias, to + i * step, 0, 0);
        }
    }

    /** The weight's factors as packed right factors, one after the other, with {@code wide} columns. */
    private long weight(int wide, long w, long outputStep, long inputStep, long tapStep) {
        int inputs = g.channels;
        int panel = Gemm.F32.panel();
        long plane = (long) inputs * wide * 4;
        long to = Scratch.get(Scratch.WIDE, FACTORS * plane);
        Workers.ranges(inputs, 1, Math.max(1, Workers.GRAIN / 16 / wide), (first, last) -> {
            long row = wide * 4L;
            long taps = Scratch.get(Scratch.STAGE, (9 + 12) * row);
            for (long i = first; i < last; i++) {
                Packing.tile(w + i * inputStep * 4, tapStep, outputStep, 4, 9, outputs, wide, taps);
                long rows = taps + 9 * row;
                TRANSFORMS.weight(1, 3 * wide, taps, 3 * row, 0, rows, 3 * row, 0);
                for (int f = 0; f < 4; f++) {
                    long at = to + 4 * f * plane + i * panel * 4;
                    long next = (long) inputs * panel * 4;
                    TRANSFORMS.weight(wide / panel, panel, rows + 3 * f * row, row, panel * 4L, at, plane, next);
                }
            }
        });
        return to;
    }

    /** The gradient for the weight [outputs, channels, 3, 3] of images and cotangents [samples, outputs, ...]. */
    static void weightGradient(Geometry g, long samples, int outputs, long x, long cotangent, long to) {
        new MinimalFilters(g, outputs).weightGradient(samples, x, cotangent, to);
    }

    private void weightGradient(long samples, long x, long cotangent, long to) {
        int deep = padded(outputs, Winograd.CHANNELS);
        int wide = padded(g.channels, Winograd.CHANNELS);
        long plane = (long) outputs * wide * 4;
        long batch = batch(samples);
        // Small sums are made several times, each by a part of its own, and added; large ones by all threads together.
        int parts = FACTORS * plane <= OWN ? (int) Math.min(PARTS, batch * down) : 1;
        long sums = Scratch.get(Scratch.SHARED, parts * FACTORS * plane);
        for (long first = 0; first < samples; first += batch) {
            long count = Math.min(batch, samples - first);
            Pixels images = images(count);
            Pixels slopes = results(count, deep);
            images.read(count, x + first * g.channels * g.pixels() * 4, g.size[1], g.size[2], g.before[1], g.before[2]);
            slopes.read(count, cotangent + first * outputs * g.places() * 4, g.out[1], g.out[2], 0, 0);
            long rows = count * down;
            boolean more = first > 0;
            long block = parts > 1 ? BLOCK : SHARED;
            Workers.run(parts, part -> {
                long sum = sums + part * FACTORS * plane;
                accumulate(images, slopes, rows * part / parts, rows * (part + 1) / parts, block, sum, more);
            });
        }
        Workers.ranges(FACTORS * plane / 4, Winograd.CHANNELS, Workers.GRAIN, (low, high) -> {
            for (int part = 1; part < parts; part++) {
                long at = sums + low * 4;
                Row.ADD.map((int) (high - low), at, at + part * FACTORS * plane, at, 0, 0);
            }
        });
        taps(sums, plane, wide, to);
    }

    /** Adds what rows {@code first} to {@code last - 1} of tiles give, so many bytes of factors at a time. */
    private void accumulate(
            Pixels images, Pixels cotangents, long first, long last, long bytes, long sums, boolean more) {
        int wide = images.pitch();
        long rowBytes = Planes.bytes(across, wide, cotangents.pitch());
        long chunk = Math.max(1, bytes / rowBytes);
        long memory = Scratch.get(Scratch.STAGE, chunk * rowBytes);
        for (long from = first; from < last; from += chunk) {
            int length = (int) Math.min(chunk, last - from);
            Planes right = Planes.of(memory, length * across, wide);
            Planes left = Planes.of(memory + right.bytes(), length * across, cotangents.pitch());
            long start = from;
            Workers.ranges(length, 1, 1, (low, high) -> {
                for (long r = low; r < high; r++) {
                    factors(images, tiles(images, start + r), right.row(r * across), right);
                    slopes(cotangents, tiles(cotangents, start + r), left.row(r * across), left);
                }
            });
            boolean add = more || from > first;
            Workers.run(FACTORS, f -> {
                Matrix sum = new Matrix(sums + (long) f * outputs * wide * 4, wide, 1);
                Matrix turned = left.matrix(f).transposed();
                Gemm.F32.run(outputs, g.channels, length * across, turned, right.matrix(f), sum, add, null);
            });
        }
    }

    /** The factors of a row of tiles of cotangents. */
    private void slopes(Pixels cotangents, long from, long to, Planes factors) {
        long buffer = Scratch.get(Scratch.TILE, 4 * cotangents.row());
        int floats = cotangents.width() * cotangents.pitch();
        TRANSFORMS.outputAdjoint(1, floats, from, cotangents.row(), 0, buffer, cotangents.row(), 0);
        long step = cotangents.pixel();
        for (int i = 0; i < 4; i++) {
            long row = buffer + i * cotangents.row();
            long at = to + 4 * i * factors.plane();
            TRANSFORMS.outputAdjoint(
                    across, cotangents.pitch(), row, step, 2 * step, at, factors.plane(), factors.bytesOfTile());
        }
    }

    /** The gradient [outputs, channels, 3, 3] from its factors. */
    private void taps(long sums, long plane, int wide, long to) {
        Workers.ranges(outputs, 1, Math.max(1, Workers.GRAIN / 16 / wide), (low, high) -> {
            long row = wide * 4L;
            long taps = Scratch.get(Scratch.STAGE, (9 + 12) * row);
            long rows = taps + 9 * row;
            for (long o = low; o < high; o++) {
                for (int i = 0; i < 4; i++) {
                    long from = sums + 4 * i * plane + o * row;
                    TRANSFORMS.weightAdjoint(1, wide, from, plane, 0, rows + 3 * i * row, row, 0);
                }
                TRANSFORMS.weightAdjoint(1, 3 * wide, rows, 3 * row, 0, taps, 3 * row, 0);
                Packing.block(taps, 1, wide, 4, g.channels, 9, to + o * g.channels * 36, 36);
            }
        });
    }
}
