package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.Tiles;
import io.flambeau.backend.cpu.internal.vector.WindowTile1;
import io.flambeau.backend.cpu.internal.vector.WindowTile4;
import io.flambeau.backend.cpu.internal.vector.WindowTile8;

/**
 * The innermost step of a direct convolution: a tile of outputs by vectors of adjacent places, each the chain
 * {@code fma(weight[k], x[k], sum)} over ascending k from zero. It reads the image where it is: element k of a window lies
 * at the same distance from its place for all of them.
 */
public abstract class WindowTile {
    public final int rows;
    /** Vectors of places, and the places of each. */
    public final int vectors;

    public final int lanes;

    protected WindowTile(int rows, int vectors, int lanes) {
        this.rows = rows;
        this.vectors = vectors;
        this.lanes = lanes;
    }

    /** The places of a tile. */
    public int cols() {
        return vectors * lanes;
    }

    /**
     * @param count outputs, at most {@link #rows}
     * @param w the weights of the first output, {@code pitch} bytes from output to output
     * @param x the first place; element k of its window lies {@code offsets[first + k]} bytes from it
     * @param next bytes from the first place of a vector to that of the next
     * @param sums the results, {@code step} bytes from output to output and {@code beside} from vector to vector
     * @param add whether to add to what is there
     */
    public abstract void run(
            int depth,
            int count,
            long w,
            long pitch,
            long x,
            long next,
            long[] offsets,
            int first,
            long sums,
            long beside,
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
            super(rows, rows == 1 ? 8 : 2, 4);
        }

        @Override
        public void run(
                int depth,
                int count,
                long w,
                long pitch,
                long x,
                long next,
                long[] offsets,
                int first,
                long sums,
                long beside,
                long step,
                boolean add) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < cols(); j++) {
                    long place = x + j / lanes * next + j % lanes * 4L;
                    float sum = 0;
                    for (int k = 0; k < depth; k++) {
                        sum = Math.fma(Mem.f32(w + i * pitch + k * 4L), Mem.f32(place + offsets[first + k]), sum);
                    }
                    long at = sums + i * step + j / lanes * beside + j % lanes * 4L;
                    Mem.f32(at, add ? Mem.f32(at) + sum : sum);
                }
            }
        }
    }
}
