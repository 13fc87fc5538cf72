package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.Tiles;
import io.flambeau.backend.cpu.internal.vector.WindowTile1;
import io.flambeau.backend.cpu.internal.vector.WindowTile4;
import io.flambeau.backend.cpu.internal.vector.WindowTile8;

/**
 * The innermost step of a direct convolution: a tile of outputs by adjacent places, each the chain
 * {@code fma(weight[k], x[k], sum)} over ascending k from zero. It reads the image where it is: element k of a window lies
 * at the same distance from its place for all of them.
 */
public abstract class WindowTile {
    public final int rows;
    public final int cols;

    protected WindowTile(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * @param count outputs, at most {@link #rows}
     * @param w the weights of the first output, {@code pitch} bytes from output to output
     * @param x the first of {@link #cols} adjacent places; element k of its window lies {@code offsets[first + k]} bytes
     *     from it
     * @param sums the results, {@code step} bytes from output to output
     * @param add whether to add to what is there
     */
    public abstract void run(
            int depth,
            int count,
            long w,
            long pitch,
            long x,
            long[] offsets,
            int first,
            long sums,
            long step,
            boolean add);

    /** The tile for so many outputs. */
    public static WindowTile of(int outputs) {
        return outputs == 1 ? Holder.ONE : outputs <= 4 ? Holder.FOUR : Holder.EIGHT;
    }

    /** Chosen when first used. */
    private static final class Holder {
        static final WindowTile ONE = Kernels.VECTOR ? new WindowTile1() : new Plain(1);
        static final WindowTile FOUR = Kernels.VECTOR ? new WindowTile4() : new Plain(4);
        static final WindowTile EIGHT = Kernels.VECTOR && Tiles.tall() ? new WindowTile8() : FOUR;
    }

    /** Without vectors. */
    private static final class Plain extends WindowTile {
        Plain(int rows) {
            super(rows, 8);
        }

        @Override
        public void run(
                int depth,
                int count,
                long w,
                long pitch,
                long x,
                long[] offsets,
                int first,
                long sums,
                long step,
                boolean add) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < cols; j++) {
                    float sum = 0;
                    for (int k = 0; k < depth; k++) {
                        sum = Math.fma(Mem.f32(w + i * pitch + k * 4L), Mem.f32(x + offsets[first + k] + j * 4L), sum);
                    }
                    long at = sums + i * step + j * 4L;
                    Mem.f32(at, add ? Mem.f32(at) + sum : sum);
                }
            }
        }
    }
}
