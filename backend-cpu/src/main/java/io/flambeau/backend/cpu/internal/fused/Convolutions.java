package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions as products of the weight with the windows of the images, which are packed as they are needed; see
 * Chellapilla, Puri and Simard, "High Performance Convolutional Neural Networks for Document Processing" (2006), for
 * the reduction and {@link Columns} for what is not stored.
 */
final class Convolutions {
    /** Places of small images are joined up to this many columns. */
    private static final int JOINED = 512;

    /** Floats of columns of several images that are worked on together. */
    private static final int COLUMNS = 1 << 18;

    /** Floats of padded images, or of columns, that are worked on at a time. */
    private static final long BATCH = 1 << 20;

    /** Parts that keep threads busy to the end. */
    private static final int ENOUGH = 8;

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
            forward(g, samples, groups, outputs, x[0].address(), x[1].address(), bias, out[0].address());
        };
    }

    private static void forward(
            Geometry g, long samples, int groups, int outputs, long x, long w, long bias, long out) {
        if (g.isPointwise() && g.places() >= JOINED / 2) {
            pointwise(g, samples, groups, outputs, x, w, bias, out);
            return;
        }
        int inner = g.channels / groups;
        int each = outputs / groups;
        long[] offsets = g.offsets(inner);
        int places = g.places();
        long imageBytes = g.channels * g.paddedPixels() * 4;
        long joined = Math.max(1, JOINED / places);
        long batch = Math.max(joined, BATCH * 4 / imageBytes / joined * joined);
        for (long first = 0; first < samples; first += batch) {
            long count = Math.min(batch, samples - first);
            long images = x + first * g.channels * g.pixels() * 4;
            if (!g.isUnpadded()) {
                long padded = Scratch.get(Scratch.COLUMNS, count * imageBytes + 64);
                g.pad(count * g.channels, images, padded);
                images = padded;
            }
            long source = images;
            long target = out + first * outputs * places * 4;
            each((count + joined - 1) / joined, part -> {
                long i = part * joined;
                int together = (int) Math.min(joined, count - i);
                for (int group = 0; group < groups; group++) {
                    long from = source + i * imageBytes + group * inner * g.paddedPixels() * 4;
                    Columns columns = new Columns(g, from, imageBytes, offsets);
                    long weight = w + (long) group * each * offsets.length * 4;
                    long to = target + (i * outputs + group * each) * places * 4L;
                    product(columns, together, each, outputs, weight, bias == 0 ? 0 : bias + group * each * 4L, to);
                }
            });
        }
    }

    /**
     * Runs parts side by side where there are enough of them, so that what one packs stays in a core's own cache; else
     * one after the other, each cut within.
     */
    private static void each(long count, Workers.Parts parts) {
        if (count >= ENOUGH) {
            Workers.run((int) count, parts);
            return;
        }
        for (int part = 0; part < count; part++) {
            parts.run(part);
        }
    }

    /** The outputs of one group for some images side by side. */
    private static void product(Columns columns, int images, int each, int outputs, long weight, long bias, long to) {
        int places = columns.geometry().places();
        int k = columns.offsets().length;
        Matrix left = new Matrix(weight, k, 1);
        if (images == 1) {
            Gemm.Epilogue add =
                    bias == 0 ? null : (c, row, col, n) -> Row.AFFINE.map(n, c, c, 1, Mem.f32(bias + row * 4));
            Gemm.F32.packed(each, places, k, left, columns, new Matrix(to, places, 1), false, add);
            return;
        }
        long width = (long) images * places;
        long sums = Scratch.get(Scratch.FUSED, each * width * 4);
        Gemm.F32.packed(each, (int) width, k, left, columns, new Matrix(sums, width, 1), false, null);
        Workers.ranges(each, 1, Math.max(1, Workers.GRAIN / width), (first, last) -> {
            for (long o = first; o < last; o++) {
                float shift = bias == 0 ? 0 : Mem.f32(bias + o * 4);
                for (long i = 0; i < images; i++) {
                    long from = sums + (o * width + i * places) * 4;
                    Row.AFFINE.map(places, from, to + (i * outputs + o) * places * 4, 1, shift);
                }
            }
        });
    }

    private static void pointwise(
            Geometry g, long samples, int groups, int outputs, long x, long w, long bias, long out) {
        int inner = g.channels / groups;
        int each = outputs / groups;
        int places = g.places();
        each(samples * groups, part -> {
            long i = part;
            long group = i % groups;
            long shifts = bias == 0 ? 0 : bias + group * each * 4;
            Gemm.Epilogue add =
                    bias == 0 ? null : (c, row, col, n) -> Row.AFFINE.map(n, c, c, 1, Mem.f32(shifts + row * 4));
            Matrix left = new Matrix(w + group * each * inner * 4, inner, 1);
            Matrix right = new Matrix(x + i * inner * places * 4, places, 1);
            Matrix result = new Matrix(out + i * each * places * 4, places, 1);
            Gemm.F32.run(each, places, inner, left, right, result, false, add);
        });
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
        Geometry back = g.hasUnitStride() ? g.adjoint(outputs) : g;
        boolean minimal = g.hasUnitStride() && MinimalFilters.covers(back, x.size(0), groups, g.channels);
        return (v, out) -> {
            if (minimal) {
                // The taps from last to first.
                long last = v[1].address() + 8 * 4;
                long window = g.channels * 9L;
                MinimalFilters.forward(
                        back, x.size(0), g.channels, v[0].address(), last, 9, window, -1, 0, out[0].address());
            } else if (g.hasUnitStride()) {
                long turned = turned(g, groups, outputs, v[1].address());
                forward(back, x.size(0), groups, g.channels, v[0].address(), turned, 0, out[0].address());
            } else {
                spread(g, x.size(0), groups, outputs, v[0].address(), v[1].address(), out[0].address());
            }
        };
    }

    /** The weight [O, C / groups, taps] as [C, O / groups, taps from last to first]. */
    private static long turned(Geometry g, int groups, int outputs, long w) {
        int inner = g.channels / groups;
        int each = outputs / groups;
        int taps = g.taps();
        long to = Scratch.get(Scratch.WIDE, (long) outputs * inner * taps * 4);
        Workers.ranges((long) groups * inner, 1, Math.max(1, Workers.GRAIN / each / taps), (first, last) -> {
            for (long at = first; at < last; at++) {
                long channel = at % inner;
                long from = w + (at / inner * each * inner + channel) * taps * 4;
                for (int o = 0; o < each; o++) {
                    reverse(taps, from + (long) o * inner * taps * 4, to + (at * each + o) * taps * 4);
                }
            }
        });
        return to;
    }

    private static void reverse(int n, long from, long to) {
        for (int i = 0; i < n; i++) {
            Mem.i32(to + (n - 1 - i) * 4L, Mem.i32(from + i * 4L));
        }
    }

    /** The columns of the gradient, image by image, added where they came from. */
    private static void spread(Geometry g, long samples, int groups, int outputs, long cotangent, long w, long out) {
        int inner = g.channels / groups;
        int each = outputs / groups;
        int places = g.places();
        int k = inner * g.taps();
        long[] offsets = g.offsets(inner);
        long[] rows = g.rows();
        each(samples * groups, part -> {
            long columns = Scratch.get(Scratch.FUSED, (long) k * places * 4);
            long i = part;
            Matrix left = new Matrix(w + i % groups * each * k * 4, 1, k);
            Matrix right = new Matrix(cotangent + i * each * places * 4, places, 1);
            Gemm.F32.run(k, places, each, left, right, new Matrix(columns, places, 1), false, null);
            long to = out + i * inner * g.pixels() * 4;
            Workers.ranges(inner, 1, Math.max(1, Workers.GRAIN / g.taps() / places), (first, last) -> {
                long plane = Scratch.get(Scratch.STAGE, g.paddedPixels() * 4);
                for (long c = first; c < last; c++) {
                    Mem.zero(plane, g.paddedPixels() * 4);
                    for (int t = 0; t < g.taps(); t++) {
                        long from = columns + (c * g.taps() + t) * places * 4;
                        add(g, from, plane + offsets[t], rows);
                    }
                    g.crop(plane, to + c * g.pixels() * 4);
                }
            });
        });
    }

    /** Adds a column's places to the pixels that they came from. */
    private static void add(Geometry g, long from, long plane, long[] rows) {
        long step = g.stride[2] * 4L;
        int n = g.out[2];
        for (int r = 0; r < rows.length; r++) {
            for (int j = 0; j < n; j++) {
                long at = plane + rows[r] + j * step;
                Mem.f32(at, Mem.f32(at) + Mem.f32(from + ((long) r * n + j) * 4));
            }
        }
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
        return (v, out) -> {
            int inner = g.channels / groups;
            int each = outputs / groups;
            int k = inner * g.taps();
            for (int group = 0; group < groups; group++) {
                long images = v[0].address() + group * inner * g.pixels() * 4;
                long cotangents = v[1].address() + group * (long) each * g.places() * 4;
                long to = out[0].address() + group * (long) each * k * 4;
                weights(g, x.size(0), inner, each, outputs, images, cotangents, to);
            }
        };
    }

    /** The gradient for one group's weight: windows times cotangents, over some rows of places at a time. */
    private static void weights(
            Geometry g, long samples, int inner, int each, int outputs, long images, long cotangents, long to) {
        int k = inner * g.taps();
        int places = g.places();
        long joined = Math.max(1, Math.max(JOINED, COLUMNS / k) / places);
        long[] offsets = g.offsets(inner);
        long[] rows = g.rows();
        int perPass = (int) Math.max(1, Math.min(rows.length, Math.max(Gemm.DEPTH, BATCH / 2 / k) / g.out[2]));
        int step = joined > 1 ? rows.length : perPass;
        Matrix sums = new Matrix(to, 1, k);
        boolean add = false;
        for (long i = 0; i < samples; i += joined) {
            int together = (int) Math.min(joined, samples - i);
            long padded = padded(g, inner, together, images + i * g.channels * g.pixels() * 4);
            for (int row = 0; row < rows.length; row += step) {
                int count = Math.min(step, rows.length - row);
                int width = together * count * g.out[2];
                long columns = Scratch.get(Scratch.FUSED, (long) k * width * 4 + 64);
                fill(g, padded, inner, together, offsets, rows, row, count, columns);
                long from = cotangents + (i * outputs * places + (long) row * g.out[2]) * 4;
                Matrix left = new Matrix(columns, width, 1);
                Gemm.F32.run(k, each, width, left, side(from, together, each, outputs, places), sums, add, null);
                add = true;
            }
        }
    }

    /** The group's channels of some images with their padding, [images, channels, padded]. */
    private static long padded(Geometry g, int inner, int images, long from) {
        long bytes = inner * g.paddedPixels() * 4;
        long to = Scratch.get(Scratch.COLUMNS, images * bytes + 64);
        for (int i = 0; i < images; i++) {
            g.pad(inner, from + i * g.channels * g.pixels() * 4, to + i * bytes);
        }
        return to;
    }

    /** Windows as rows of a matrix, [taps, images * places of the rows]. */
    private static void fill(
            Geometry g, long padded, int inner, int images, long[] offsets, long[] rows, int row, int count, long to) {
        int n = g.out[2];
        long imageBytes = inner * g.paddedPixels() * 4;
        long width = (long) images * count * n;
        Workers.ranges(offsets.length, 1, Math.max(1, Workers.GRAIN / width), (first, last) -> {
            for (long k = first; k < last; k++) {
                for (int i = 0; i < images; i++) {
                    long from = padded + i * imageBytes + offsets[(int) k];
                    long at = to + (k * width + (long) i * count * n) * 4;
                    if (g.stride[2] == 1) {
                        Rows.of().copy(count, rows, row, from, n, at, n * 4L);
                    } else {
                        spaced(count, rows, row, from, n, g.stride[2] * 4L, at);
                    }
                }
            }
        });
    }

    private static void spaced(int count, long[] rows, int row, long from, int n, long step, long to) {
        for (int r = 0; r < count; r++) {
            long source = from + rows[row + r];
            long target = to + (long) r * n * 4;
            for (int j = 0; j < n; j++) {
                Mem.i32(target + j * 4L, Mem.i32(source + j * step));
            }
        }
    }

    /** Cotangents [images, each, places] as the right factor [images * places, each]. */
    private static Matrix side(long from, int images, int each, int outputs, int places) {
        if (images == 1) {
            return new Matrix(from, 1, places);
        }
        long width = (long) images * places;
        long to = Scratch.get(Scratch.WIDE, each * width * 4);
        Workers.ranges(each, 1, Math.max(1, Workers.GRAIN / width), (first, last) -> {
            for (long o = first; o < last; o++) {
                for (long i = 0; i < images; i++) {
                    Mem.copy(from + (i * outputs + o) * places * 4, to + (o * width + i * places) * 4, places * 4L);
                }
            }
        });
        return new Matrix(to, 1, width);
    }
}
