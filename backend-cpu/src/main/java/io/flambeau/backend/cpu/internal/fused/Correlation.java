package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights times windows: a convolution forward, or a phase of its gradient for the input. A part is one group of an image,
 * or of some small images side by side.
 *
 * @param offsets of a window's elements, in the order of the weight
 * @param weight [groups, outputs / groups, elements]
 * @param bias or 0
 * @param phase the pixels of a larger result that are written, or null where it is all
 */
record Correlation(
        Geometry geometry,
        long[] offsets,
        long samples,
        int groups,
        int outputs,
        long x,
        long weight,
        long bias,
        @Nullable Phase phase,
        long out) {
    /** Places of small images are joined up to this many columns. */
    private static final int JOINED = 512;

    /** Parts that keep threads busy to the end. */
    private static final int ENOUGH = 8;

    /**
     * Runs parts side by side where they keep all threads busy, so that what one packs stays in a core's own cache; else
     * one after the other, each cut within.
     */
    static void run(List<Correlation> all) {
        int count = 0;
        for (Correlation one : all) {
            count += one.parts();
        }
        Workers.Parts parts = part -> {
            int at = part;
            int i = 0;
            for (; at >= all.get(i).parts(); i++) {
                at -= all.get(i).parts();
            }
            all.get(i).part(at);
        };
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

    private boolean isDirect() {
        return DirectConvolutions.covers(geometry, each());
    }

    /** How many images make a part. */
    private int joined() {
        return isDirect() ? 1 : Math.max(1, JOINED / geometry.places());
    }

    private int parts() {
        return Math.toIntExact(Math.ceilDiv(samples, joined()) * groups);
    }

    private void part(int part) {
        int group = part % groups;
        long first = (long) part / groups * joined();
        int images = (int) Math.min(joined(), samples - first);
        long bytes = (long) each() * geometry.places() * 4;
        if (phase == null) {
            run(first, images, group, out + (first * groups + group) * bytes, groups * bytes);
            return;
        }
        long to = Scratch.get(Scratch.STAGE, images * bytes);
        run(first, images, group, to, bytes);
        for (int i = 0; i < images; i++) {
            phase.spread(each(), to + i * bytes, out, (first + i) * outputs + (long) group * each());
        }
    }

    /** @param step from the results of one image to those of the next */
    private void run(long first, int images, int group, long to, long step) {
        int inner = geometry.channels / groups;
        long w = weight + (long) group * each() * offsets.length * 4;
        long shift = bias == 0 ? 0 : bias + group * each() * 4L;
        if (isDirect()) {
            long image = x + (first * groups + group) * inner * geometry.pixels() * 4;
            DirectConvolutions.forward(geometry, offsets, inner, each(), image, w, shift, to);
            return;
        }
        Windows windows = Windows.of(geometry, groups, offsets, x, first, images, group);
        int places = geometry.places();
        if (images == 1) {
            Gemm.Epilogue add =
                    bias == 0 ? null : (c, row, col, n) -> Row.AFFINE.map(n, c, c, 1, Mem.f32(shift + row * 4));
            windows.multiply(each(), w, new Matrix(to, places, 1), add);
            return;
        }
        long width = (long) images * places;
        long sums = Scratch.get(Scratch.FUSED, each() * width * 4);
        windows.multiply(each(), w, new Matrix(sums, width, 1), null);
        long[] adjacent = new long[images];
        for (int i = 0; i < images; i++) {
            adjacent[i] = (long) i * places * 4;
        }
        Workers.ranges(each(), 1, Math.max(1, Workers.GRAIN / width), (from, end) -> {
            for (long o = from; o < end; o++) {
                long row = sums + o * width * 4;
                if (shift != 0) {
                    Row.AFFINE.map((int) width, row, row, 1, Mem.f32(shift + o * 4));
                }
                Rows.of().copy(images, adjacent, 0, row, places, to + o * places * 4, step);
            }
        });
    }
}
