package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Packing;
import io.flambeau.backend.cpu.internal.Workers;

/**
 * Images as pixels, [images, height, width, channels], where the channels of a pixel are adjacent.
 *
 * @param pitch floats from one pixel to the next, at least the channels; what lies behind those is not defined
 */
record Pixels(long address, int height, int width, int channels, int pitch) {
    static long bytes(int height, int width, int pitch) {
        return (long) height * width * pitch * 4;
    }

    long bytes() {
        return bytes(height, width, pitch);
    }

    long pixel() {
        return pitch * 4L;
    }

    long row() {
        return width * pixel();
    }

    long at(long image, int y, int x) {
        return address + image * bytes() + y * row() + x * pixel();
    }

    /** Fills them with planes [images, channels, rows, cols] whose corner comes to (top, left), and zeros around. */
    void read(long images, long from, int rows, int cols, int top, int left) {
        int x0 = Math.max(0, -left);
        int n = Math.max(0, Math.min(cols, width - left) - x0);
        long plane = (long) rows * cols;
        Workers.ranges(images * height, 1, Math.max(1, Workers.GRAIN / 4 / (width * pitch)), (first, last) -> {
            for (long i = first; i < last; i++) {
                long image = i / height;
                int y = (int) (i % height) - top;
                long to = at(image, y + top, 0);
                if (y < 0 || y >= rows || n == 0) {
                    Mem.zero(to, row());
                    continue;
                }
                long skipped = (left + x0) * pixel();
                Mem.zero(to, skipped);
                long source = from + (image * channels * plane + (long) y * cols + x0) * 4;
                Packing.block(source, 1, plane, 4, n, channels, to + skipped, pixel());
                Mem.zero(to + skipped + n * pixel(), row() - skipped - n * pixel());
            }
        });
    }

    /** Writes the first rows and columns as planes [images, channels, rows, cols]. */
    void write(long images, int rows, int cols, long to) {
        long plane = (long) rows * cols;
        Workers.ranges(images * rows, 1, Math.max(1, Workers.GRAIN / 4 / (width * pitch)), (first, last) -> {
            for (long i = first; i < last; i++) {
                long image = i / rows;
                int y = (int) (i % rows);
                long target = to + (image * channels * plane + (long) y * cols) * 4;
                Packing.block(at(image, y, 0), 1, pitch, 4, channels, cols, target, plane * 4);
            }
        });
    }
}
