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
 * The windows of some images as a matrix, [elements, images * places], image after image. It is not formed where it is
 * packed, from padded images, or where the windows are pixels: then it is these, channel by channel.
 *
 * @param padded the group's channels of the first image, with padding
 * @param imageBytes from one image to the next
 * @param channelBytes from one channel to the next
 * @param offsets of a window's elements
 */
record Windows(Geometry geometry, int images, long padded, long imageBytes, long channelBytes, long[] offsets)
        implements Panels {
    /** A group's windows of {@code images} images from {@code first} on. */
    static Windows of(Geometry g, int groups, long[] offsets, long x, long first, int images, int group) {
        int inner = g.channels / groups;
        long from = x + (first * g.channels + group * inner) * g.pixels() * 4;
        boolean pixels = g.taps() == 1;
        if (g.isUnpadded() && (images == 1 || !pixels)) {
            return new Windows(g, images, from, g.channels * g.pixels() * 4, g.pixels() * 4, offsets);
        }
        long plane = g.paddedPixels() * 4;
        long to = Scratch.get(Scratch.COLUMNS, images * inner * plane + 64);
        long imageBytes = pixels ? plane : inner * plane;
        long channelBytes = pixels ? images * plane : plane;
        if (groups == 1 && !pixels) {
            g.pad((long) images * inner, from, to, plane);
        } else {
            for (int i = 0; i < images; i++) {
                g.pad(inner, from + i * g.channels * g.pixels() * 4, to + i * imageBytes, channelBytes);
            }
        }
        return new Windows(g, images, to, imageBytes, channelBytes, offsets);
    }

    private boolean isFormed() {
        return geometry.taps() == 1;
    }

    /** The weight of {@code outputs} rows times the windows. */
    void multiply(int outputs, long weight, Matrix to, Gemm.@Nullable Epilogue epilogue) {
        int n = images * geometry.places();
        int k = offsets.length;
        Matrix left = new Matrix(weight, k, 1);
        if (isFormed()) {
            Gemm.F32.run(outputs, n, k, left, new Matrix(padded, channelBytes / 4, 1), to, false, epilogue);
        } else {
            Gemm.F32.packed(outputs, n, k, left, this, to, false, epilogue);
        }
    }

    /** The matrix of the places of some rows, [elements, images * places]. */
    Matrix rows(long[] rows, int row, int count) {
        int n = geometry.out[2];
        if (isFormed()) {
            return new Matrix(padded + rows[row], channelBytes / 4, 1);
        }
        long width = (long) images * count * n;
        long to = Scratch.get(Scratch.FUSED, offsets.length * width * 4 + 64);
        Workers.ranges(offsets.length, 1, Math.max(1, Workers.GRAIN / width), (first, last) -> {
            for (long k = first; k < last; k++) {
                for (int i = 0; i < images; i++) {
                    long at = to + (k * width + (long) i * count * n) * 4;
                    Rows.of().copy(count, rows, row, padded + i * imageBytes + offsets[(int) k], n, at, n * 4L);
                }
            }
        });
        return new Matrix(to, width, 1);
    }

    @Override
    public void pack(long row, int depth, long col, int width, int cols, long to) {
        int places = geometry.places();
        long pitch = cols * 4L;
        for (int done = 0; done < width; ) {
            int place = (int) ((col + done) % places);
            long from = padded + (col + done) / places * imageBytes + geometry.base(place);
            int run = Math.min(width - done, geometry.out[2] - place % geometry.out[2]);
            Rows.of().copy(depth, offsets, (int) row, from, run, to + done * 4L, pitch);
            done += run;
        }
        for (int k = 0; k < depth && width < cols; k++) {
            Mem.zero(to + k * pitch + width * 4L, (cols - width) * 4L);
        }
    }
}
