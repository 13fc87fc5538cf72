package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.conv.Sliding;

/**
 * The sizes of a convolution over three spatial axes, the first of which may be 1.
 *
 * <p>A window's element k = (channel, z, y, x) of an output's place p lies at {@code base(p) + offset(k)} of the padded
 * image: the padding is written once, and nothing after that asks where the border is.
 */
final class Geometry {
    static final int AXES = 3;

    final int channels;
    final int[] size = ones();
    final int[] out = ones();
    final int[] kernel = ones();
    final int[] stride = ones();
    final int[] before = new int[AXES];
    final int[] dilation = ones();
    final int[] padded = ones();

    private Geometry(int channels) {
        this.channels = channels;
    }

    private static int[] ones() {
        return new int[] {1, 1, 1};
    }

    /** The windows of images of a shape [N, C, ...] by a kernel [..., sizes]. */
    static Geometry of(Sliding sliding, Shape x, Shape weight) {
        int axes = sliding.axes();
        Geometry g = new Geometry(Math.toIntExact(x.size(1)));
        for (int i = 0; i < axes; i++) {
            int to = AXES - axes + i;
            g.size[to] = Math.toIntExact(x.size(2 + i));
            g.kernel[to] = Math.toIntExact(weight.size(2 + i));
            g.stride[to] = Math.toIntExact(sliding.stride().at(i));
            g.before[to] = Math.toIntExact(sliding.before().at(i));
            g.dilation[to] = Math.toIntExact(sliding.dilation().at(i));
            g.out[to] = Math.toIntExact(sliding.windows(i, g.size[to], g.kernel[to]));
        }
        g.pad();
        return g;
    }

    /**
     * The convolution of cotangents of {@code channels} channels that gives the gradient for the input; strides are
     * 1.
     */
    Geometry adjoint(int channels) {
        Geometry g = new Geometry(channels);
        for (int i = 0; i < AXES; i++) {
            g.size[i] = out[i];
            g.out[i] = size[i];
            g.kernel[i] = kernel[i];
            g.dilation[i] = dilation[i];
            g.before[i] = dilation[i] * (kernel[i] - 1) - before[i];
        }
        g.pad();
        return g;
    }

    private void pad() {
        for (int i = 0; i < AXES; i++) {
            padded[i] = (out[i] - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1;
        }
    }

    int places() {
        return out[0] * out[1] * out[2];
    }

    int taps() {
        return kernel[0] * kernel[1] * kernel[2];
    }

    long pixels() {
        return (long) size[0] * size[1] * size[2];
    }

    long paddedPixels() {
        return (long) padded[0] * padded[1] * padded[2];
    }

    boolean hasUnitStride() {
        return stride[0] == 1 && stride[1] == 1 && stride[2] == 1;
    }

    /** Whether every place sees one pixel and every pixel one place: the convolution is a product. */
    boolean isPointwise() {
        return taps() == 1 && hasUnitStride() && isUnpadded();
    }

    boolean isUnpadded() {
        for (int i = 0; i < AXES; i++) {
            if (before[i] != 0 || padded[i] != size[i]) {
                return false;
            }
        }
        return true;
    }

    /** The offset in bytes of each element of a window over so many channels, in the order of the weight. */
    long[] offsets(int count) {
        long[] offsets = new long[count * taps()];
        int k = 0;
        for (int c = 0; c < count; c++) {
            for (int z = 0; z < kernel[0]; z++) {
                for (int y = 0; y < kernel[1]; y++) {
                    for (int x = 0; x < kernel[2]; x++) {
                        offsets[k++] =
                                4 * (c * paddedPixels() + pixel(z * dilation[0], y * dilation[1], x * dilation[2]));
                    }
                }
            }
        }
        return offsets;
    }

    private long pixel(int z, int y, int x) {
        return ((long) z * padded[1] + y) * padded[2] + x;
    }

    /** The offset in bytes of each row of places. */
    long[] rows() {
        long[] rows = new long[out[0] * out[1]];
        for (int z = 0; z < out[0]; z++) {
            for (int y = 0; y < out[1]; y++) {
                rows[z * out[1] + y] = 4 * pixel(z * stride[0], y * stride[1], 0);
            }
        }
        return rows;
    }

    /** The offset in bytes of a place. */
    long base(int place) {
        int x = place % out[2];
        int y = place / out[2] % out[1];
        int z = place / out[2] / out[1];
        return 4 * pixel(z * stride[0], y * stride[1], x * stride[2]);
    }

    /** Writes images [planes, size] with their padding to {@code to}, [planes, padded]; cuts what no window sees. */
    void pad(long planes, long from, long to) {
        long bytes = paddedPixels() * 4;
        Workers.ranges(planes, 1, Math.max(1, 4 * Workers.GRAIN / bytes), (first, last) -> {
            for (long p = first; p < last; p++) {
                Mem.zero(to + p * bytes, bytes);
                copy(from + p * pixels() * 4, to + p * bytes, true);
            }
        });
    }

    /** Copies a plane into its padding, or out of it. */
    private void copy(long image, long plane, boolean in) {
        int x0 = Math.max(0, -before[2]);
        int n = Math.min(size[2], padded[2] - before[2]) - x0;
        if (n <= 0) {
            return;
        }
        Rows rows = Rows.of();
        long[] zero = {0};
        for (int z = Math.max(0, -before[0]); z < Math.min(size[0], padded[0] - before[0]); z++) {
            for (int y = Math.max(0, -before[1]); y < Math.min(size[1], padded[1] - before[1]); y++) {
                long pixel = image + 4 * (((long) z * size[1] + y) * size[2] + x0);
                long cell = plane + 4 * pixel(z + before[0], y + before[1], x0 + before[2]);
                rows.copy(1, zero, 0, in ? pixel : cell, n, in ? cell : pixel, 0);
            }
        }
    }

    /** The reverse of {@link #pad} for one plane: pixels that no window sees become 0. */
    void crop(long plane, long image) {
        Mem.zero(image, pixels() * 4);
        copy(image, plane, false);
    }
}
