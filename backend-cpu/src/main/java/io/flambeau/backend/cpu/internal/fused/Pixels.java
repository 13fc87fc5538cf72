package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Packing;

/**
 * Some rows of an image as pixels, [height, width, channels], where the channels of a pixel are adjacent.
 *
 * @param pitch floats from one pixel to the next, at least the channels; what lies behind those is not defined
 */
record Pixels(long address, int height, int width, int channels, int pitch) {
    /** Planes that are turned together: a line of the cache for each pixel. */
    private static final int TOGETHER = 16;

    static long bytes(int height, int width, int pitch) {
        return (long) height * width * pitch * 4;
    }

    long pixel() {
        return pitch * 4L;
    }

    long row() {
        return width * pixel();
    }

    long at(int y, int x) {
        return address + y * row() + x * pixel();
    }

    /** Fills them with planes [channels, rows, cols] from pixel (top, left) on, and zeros around those. */
    void read(long from, int rows, int cols, int top, int left) {
        int x0 = Math.max(0, left);
        int n = Math.max(0, Math.min(cols, left + width) - x0);
        int low = Math.clamp(-top, 0, height);
        int high = n == 0 ? low : Math.clamp(rows - top, low, height);
        Mem.zero(address, low * row());
        Mem.zero(at(high, 0), (height - high) * row());
        int before = x0 - left;
        for (int y = low; y < high; y++) {
            Mem.zero(at(y, 0), before * pixel());
            Mem.zero(at(y, before + n), (width - before - n) * pixel());
        }
        long plane = (long) rows * cols;
        for (int c = 0; c < channels; c += TOGETHER) {
            int count = Math.min(TOGETHER, channels - c);
            for (int y = low; y < high; y++) {
                long source = from + (c * plane + (long) (top + y) * cols + x0) * 4;
                Packing.block(source, 1, plane, 4, n, count, at(y, before) + c * 4L, pixel());
            }
        }
    }

    /** Writes them to planes [channels, rows, cols] from row {@code top} on, as far as there are rows and columns. */
    void write(int rows, int cols, int top, long to) {
        long plane = (long) rows * cols;
        for (int c = 0; c < channels; c += TOGETHER) {
            int count = Math.min(TOGETHER, channels - c);
            for (int y = 0; y < Math.min(height, rows - top); y++) {
                long target = to + (c * plane + (long) (top + y) * cols) * 4;
                Packing.block(at(y, 0) + c * 4L, 1, pitch, 4, count, cols, target, plane * 4);
            }
        }
    }
}
