package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Packing;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Part of a convolution's gradient for its input.
 *
 * <p>Note [The gradient in phases]: pixels whose places along each axis are equal modulo the stride are seen by the same
 * taps, so their gradient is a convolution of the cotangents by those taps, from last to first, with stride 1. There are
 * as many such convolutions as remainders; with stride 1 it is one. All of them read the same padded cotangents.
 *
 * @param adjoint the convolution of the cotangents
 * @param first the first pixel along each axis
 * @param taps the kernel's taps in the order of the adjoint's
 */
record Phase(Geometry adjoint, int[] first, int[] taps) {
    /** Columns of the weight that are turned together. */
    private static final int TURNED = 64;

    /** All phases in which windows see pixels, those of a row of pixels one after the other. */
    static List<Phase> of(Geometry g, int outputs) {
        List<Phase> phases = new ArrayList<>();
        List<Geometry> adjoints = new ArrayList<>();
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
                        adjoints.add(g.adjoint(outputs, first, tap));
                        phases.add(new Phase(adjoints.getLast(), first, taps(g, tap)));
                    }
                }
            }
        }
        Geometry.share(adjoints);
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

    /**
     * Writes the weight [O, C / groups, taps] of a convolution as [C, taps, O / groups], with the taps that each phase
     * has, phase by phase.
     */
    static void turn(Geometry g, List<Phase> phases, int groups, int outputs, long w, long to) {
        int inner = g.channels / groups;
        int each = outputs / groups;
        int taps = g.taps();
        long row = each * 4L;
        long[] order = phases.stream()
                .flatMapToInt(phase -> Arrays.stream(phase.taps))
                .mapToLong(tap -> tap * row)
                .toArray();
        int together = Math.max(1, TURNED / taps);
        Workers.ranges(g.channels, 1, Math.max(1, Workers.GRAIN / taps / each), (from, end) -> {
            long turned = Scratch.get(Scratch.FUSED, together * taps * row);
            for (long c = from; c < end; ) {
                long group = c / inner;
                int count = (int) Math.min(together, Math.min(end, (group + 1) * inner) - c);
                long source = w + (group * each * inner + c % inner) * taps * 4;
                Packing.block(source, 1, (long) inner * taps, 4, count * taps, each, turned, row);
                for (int i = 0; i < count; i++) {
                    long target = to + (c + i) * order.length * row;
                    Rows.of().copy(order.length, order, 0, turned + i * taps * row, each, target, row);
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
}
