package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Panels;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Some images with their padding, whose windows are matrices [elements, images * places], image after image. These are
 * not formed where they are packed, or where the windows are pixels: then it is these, channel by channel.
 *
 * @param pixels whether the windows are pixels
 * @param padded the channels of the first image, with padding
 * @param imageBytes from one image to the next
 * @param channelBytes from one channel to the next
 */
record Windows(int images, boolean pixels, long padded, long imageBytes, long channelBytes) {
    /** Bytes of the widest tile, which reads that much behind the last image. */
    private static final int BEHIND = 512;

    /**
     * Some channels of {@code images} images from {@code first} on.
     *
     * @param g the padding, which others may share
     * @param pixels whether the windows of all of them are pixels
     * @param channel the first of {@code inner} channels
     * @param copied whether to copy images that need no padding, too, and write zeros behind them
     */
    static Windows of(
            Geometry g, boolean pixels, long x, long first, int images, int channel, int inner, boolean copied) {
        long from = x + (first * g.channels + channel) * g.pixels() * 4;
        if (g.isUnpadded() && (images == 1 || !pixels) && !copied) {
            return new Windows(images, pixels, from, g.channels * g.pixels() * 4, g.pixels() * 4);
        }
        long plane = g.paddedPixels() * 4;
        long to = Scratch.get(Scratch.COLUMNS, images * inner * plane + BEHIND);
        Mem.zero(to + images * inner * plane, BEHIND);
        long imageBytes = pixels ? plane : inner * plane;
        long channelBytes = pixels ? images * plane : plane;
        if (inner == g.channels && !pixels) {
            g.pad((long) images * inner, from, to, plane);
        } else {
            for (int i = 0; i < images; i++) {
                g.pad(inner, from + i * g.channels * g.pixels() * 4, to + i * imageBytes, channelBytes);
            }
        }
        return new Windows(images, pixels, to, imageBytes, channelBytes);
    }

    /** Writes {@code outputs} rows of a filter's weight times the windows. */
    void multiply(Correlation.Filter filter, int outputs, long weight, long to, Gemm.@Nullable Epilogue epilogue) {
        Geometry g = filter.geometry();
        long[] offsets = filter.offsets();
        int n = images * g.places();
        int k = offsets.length;
        Matrix left = new Matrix(weight, filter.pitch() / 4, 1);
        Matrix sums = new Matrix(to, n, 1);
        if (pixels) {
            Gemm.F32.run(outputs, n, k, left, new Matrix(padded, channelBytes / 4, 1), sums, false, epilogue);
        } else {
            Panels panels = (row, depth, col, width, cols, panel) ->
                    pack(g, offsets, (int) row, depth, col, width, cols, panel);
            Gemm.F32.packed(outputs, n, k, left, panels, sums, false, epilogue);
        }
    }

    /** The matrix of the places of some rows, [elements, images * places], for the first elements. */
    Matrix rows(Geometry geometry, long[] offsets, int elements, long[] rows, int row, int count) {
        int n = geometry.out[2];
        if (pixels) {
            return new Matrix(padded + rows[row], channelBytes / 4, 1);
        }
        long width = (long) images * count * n;
        long to = Scratch.get(Scratch.FUSED, elements * width * 4 + 64);
        Workers.ranges(elements, 1, Math.max(1, Workers.GRAIN / width), (first, last) -> {
            for (long k = first; k < last; k++) {
                for (int i = 0; i < images; i++) {
                    long at = to + (k * width + (long) i * count * n) * 4;
                    Rows.of().copy(count, rows, row, padded + i * imageBytes + offsets[(int) k], n, at, n * 4L);
                }
            }
        });
        return new Matrix(to, width, 1);
    }

    /** Packs windows; see {@link Panels}. */
    private void pack(Geometry geometry, long[] offsets, int row, int depth, long col, int width, int cols, long to) {
        int places = geometry.places();
        long pitch = cols * 4L;
        for (int done = 0; done < width; ) {
            int place = (int) ((col + done) % places);
            long from = padded + (col + done) / places * imageBytes + geometry.base(place);
            int run = Math.min(width - done, geometry.out[2] - place % geometry.out[2]);
            Rows.of().copy(depth, offsets, row, from, run, to + done * 4L, pitch);
            done += run;
        }
        for (int k = 0; k < depth && width < cols; k++) {
            Mem.zero(to + k * pitch + width * 4L, (cols - width) * 4L);
        }
    }
}
