package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.DotTile1;
import io.flambeau.backend.cpu.internal.vector.DotTile3;
import io.flambeau.backend.cpu.internal.vector.DotTile4;
import io.flambeau.backend.cpu.internal.vector.Tiles;

/**
 * The innermost step of a direct convolution's gradient for its weight: sums over places of cotangents times elements of
 * windows, nine or sixteen at a time. The place p of an area joins lane p mod {@link #LANES} of its sum, so that the bits
 * do not depend on the width of vectors.
 */
public abstract class DotTile {
    /** The lanes of a sum. */
    public static final int LANES = 16;

    /** Outputs and elements of windows that are worked on together. */
    public final int rows;

    public final int cols;

    protected DotTile(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * Some rows of {@code n} places each, {@code span} from one to the next. Vectors take what lies between rows for
     * places of cotangent 0, so what windows see there must be finite; the plain form leaves it out.
     */
    public record Area(int n, int span, int rows) {
        /** All places, those between rows included, in whole lanes. */
        public int length() {
            return (end() + LANES - 1) / LANES * LANES;
        }

        int end() {
            return (rows - 1) * span + n;
        }
    }

    /**
     * Continues sums.
     *
     * @param outputs at most {@link #rows}; their cotangents start at {@code g}, {@code pitch} bytes from one to the next,
     *     with zeros where the area has no place
     * @param elements at most {@link #cols}, at {@code x + offsets[first]} and on
     * @param sums the lanes of sums, element after element, {@code step} bytes from output to output
     */
    public abstract void run(
            Area area,
            int outputs,
            long g,
            long pitch,
            int elements,
            long x,
            long[] offsets,
            int first,
            long sums,
            long step);

    /** The sum of the lanes of {@code count} sums that follow each other, to adjacent floats. */
    public static void finish(int count, long sums, long to) {
        for (int i = 0; i < count; i++) {
            long lanes = sums + (long) i * LANES * 4;
            for (int w = LANES / 2; w > 0; w >>= 1) {
                for (int lane = 0; lane < w; lane++) {
                    long at = lanes + lane * 4L;
                    Mem.f32(at, Mem.f32(at) + Mem.f32(at + w * 4L));
                }
            }
            Mem.f32(to + i * 4L, Mem.f32(lanes));
        }
    }

    /** The tile for so many outputs, of which each element of a window is finite or not. */
    public static DotTile of(int outputs, boolean finite) {
        if (finite && Kernels.VECTOR) {
            return (outputs == 1 ? Holder.ONE : Holder.MORE).now();
        }
        return outputs == 1 ? Plain.ONE : Plain.MORE;
    }

    /** Loaded when first used. */
    private static final class Holder {
        static final Forms<DotTile> ONE = forms(new DotTile1());
        static final Forms<DotTile> MORE = forms(Tiles.tall() ? new DotTile4() : new DotTile3());

        private static Forms<DotTile> forms(DotTile vector) {
            return Forms.of(() -> vector, new Plain(vector.rows, vector.cols));
        }
    }

    /** Without vectors; see Note [Plain loops on the heap]. */
    private static final class Plain extends DotTile {
        static final DotTile ONE = new Plain(1, 9);
        static final DotTile MORE = new Plain(3, 3);

        Plain(int rows, int cols) {
            super(rows, cols);
        }

        @Override
        public void run(
                Area area,
                int outputs,
                long g,
                long pitch,
                int elements,
                long x,
                long[] offsets,
                int first,
                long sums,
                long step) {
            for (int i = 0; i < outputs; i++) {
                for (int k = 0; k < elements; k++) {
                    sum(area, g + i * pitch, x + offsets[first + k], sums + i * step + (long) k * LANES * 4);
                }
            }
        }

        private static void sum(Area area, long g, long x, long lanes) {
            int length = area.length();
            float[] heap = Scratch.floats(2 * length + LANES);
            Mem.read(g, heap, 0, length);
            Mem.read(x, heap, length, area.end());
            Mem.read(lanes, heap, 2 * length, LANES);
            for (int p = 0; p < length; p++) {
                boolean place = p < area.end() && p % area.span < area.n;
                int at = 2 * length + p % LANES;
                heap[at] = Math.fma(heap[p], place ? heap[length + p] : 0, heap[at]);
            }
            Mem.write(heap, 2 * length, LANES, lanes);
        }
    }
}
