package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Packing;
import io.flambeau.backend.cpu.internal.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Part of a convolution's gradient for its input.
 *
 * <p>Note [The gradient in phases]: pixels whose places along each axis are equal modulo the stride are seen by the same
 * taps, so their gradient is a convolution of the cotangents by those taps, from last to first, with stride 1. There are
 * as many such convolutions as remainders; with stride 1 it is one.
 *
 * @param forward the convolution itself
 * @param adjoint the convolution of the cotangents
 * @param taps the kernel's taps in the order of the adjoint's
 * @param pixels from the adjoint's result to the pixels that it is for
 */
record Phase(Geometry forward, Geometry adjoint, int[] taps, Runs pixels) {
    /** All phases in which windows see pixels. */
    static List<Phase> of(Geometry g, int outputs) {
        List<Phase> phases = new ArrayList<>();
        for (int z = 0; z < Math.min(g.stride[0], g.size[0]); z++) {
            for (int y = 0; y < Math.min(g.stride[1], g.size[1]); y++) {
                for (int x = 0; x < Math.min(g.stride[2], g.size[2]); x++) {
                    int[] first = {z, y, x};
                    int[] tap = new int[Geometry.AXES];
                    boolean seen = true;
                    for (int axis = 0; axis < Geometry.AXES; axis++) {
                        tap[axis] = firstTap(g, axis, first[axis]);
                        seen &= tap[axis] < g.kernel[axis];
                    }
                    if (seen) {
                        Geometry adjoint = g.adjoint(outputs, first, tap);
                        phases.add(new Phase(g, adjoint, taps(g, tap), pixels(g, adjoint, first)));
                    }
                }
            }
        }
        return phases;
    }

    /** The first tap that sees a pixel, or the kernel's size. */
    private static int firstTap(Geometry g, int axis, int pixel) {
        int t = 0;
        while (t < g.kernel[axis] && (pixel + g.before[axis] - t * g.dilation[axis]) % g.stride[axis] != 0) {
            t++;
        }
        return t;
    }

    private static int[] taps(Geometry g, int[] tap) {
        List<Integer> taps = new ArrayList<>();
        for (int z = g.lastTap(0, tap[0]); z >= tap[0]; z -= g.tapStep(0)) {
            for (int y = g.lastTap(1, tap[1]); y >= tap[1]; y -= g.tapStep(1)) {
                for (int x = g.lastTap(2, tap[2]); x >= tap[2]; x -= g.tapStep(2)) {
                    taps.add((z * g.kernel[1] + y) * g.kernel[2] + x);
                }
            }
        }
        return taps.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether the phase's pixels are all pixels. */
    boolean isWhole() {
        return adjoint.places() == forward.pixels();
    }

    /** Writes the weight [O, C / groups, taps] as that of the adjoint, [C, its taps, O / groups]. */
    void weight(int groups, int outputs, long w, long to) {
        Geometry g = forward;
        int inner = g.channels / groups;
        int each = outputs / groups;
        long row = (long) taps.length * each;
        Workers.ranges(g.channels, 1, Math.max(1, Workers.GRAIN / row), (from, end) -> {
            for (long c = from; c < end; ) {
                long group = c / inner;
                int count = (int) Math.min(end - c, (group + 1) * inner - c);
                for (int t = 0; t < taps.length; t++) {
                    long source = w + ((group * each * inner + c % inner) * g.taps() + taps[t]) * 4;
                    long target = to + (c * row + (long) t * each) * 4;
                    Packing.block(source, g.taps(), (long) inner * g.taps(), 4, count, each, target, row * 4);
                }
                c += count;
            }
        });
    }

    /** The offsets of the adjoint's windows in the order of its weight. */
    long[] offsets(int each) {
        long[] offsets = adjoint.offsets(each);
        long[] turned = new long[offsets.length];
        for (int k = 0; k < turned.length; k++) {
            turned[k] = offsets[k % each * taps.length + k / each];
        }
        return turned;
    }

    /** Writes results of the adjoint to the pixels that they are for, of {@code count} planes of the image from one on. */
    void spread(int count, long from, long image, long plane) {
        long bytes = adjoint.places() * 4L;
        Workers.ranges(count, 1, Math.max(1, Workers.GRAIN / adjoint.places()), (begin, end) -> {
            for (long p = begin; p < end; p++) {
                pixels.copy(from + p * bytes, image + (plane + p) * forward.pixels() * 4);
            }
        });
    }

    private static Runs pixels(Geometry g, Geometry adjoint, int[] first) {
        Runs.Builder rows = new Runs.Builder();
        for (int z = 0; z < adjoint.out[0]; z++) {
            for (int y = 0; y < adjoint.out[1]; y++) {
                long row = (first[0] + (long) z * g.stride[0]) * g.size[1] + first[1];
                long to = (row + (long) y * g.stride[1]) * g.size[2] + first[2];
                rows.add(((long) z * adjoint.out[1] + y) * adjoint.out[2], to, adjoint.out[2]);
            }
        }
        return rows.build(1, g.stride[2]);
    }
}
