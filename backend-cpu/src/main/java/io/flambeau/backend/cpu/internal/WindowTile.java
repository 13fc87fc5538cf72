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
        return (outputs == 1 ? Holder.ONE : outputs <= 4 ? Holder.FOUR : Holder.EIGHT).now();
    }

    /** Chosen when first used. */
    private static final class Holder {
        static final Forms<WindowTile> ONE = Kernels.VECTOR ? forms(new WindowTile1()) : Forms.only(new Plain(1, 8, 4));
        static final Forms<WindowTile> FOUR =
                Kernels.VECTOR ? forms(new WindowTile4()) : Forms.only(new Plain(4, 2, 4));
        static final Forms<WindowTile> EIGHT = Kernels.VECTOR && Tiles.tall() ? forms(new WindowTile8()) : FOUR;

        private static Forms<WindowTile> forms(WindowTile vector) {
            return Forms.of(() -> vector, new Plain(vector.rows, vector.vectors, vector.lanes));
        }
    }

    /** Without vectors; see Note [Plain loops on the heap]. */
    private static final class Plain extends WindowTile {
        Plain(int rows, int vectors, int lanes) {
            super(rows, vectors, lanes);
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
            int weights = depth * cols();
            int last = weights + depth;
            float[] heap = Scratch.floats(last + cols());
            for (int k = 0; k < depth; k++) {
                for (int v = 0; v < vectors; v++) {
                    Mem.read(x + v * next + offsets[first + k], heap, k * cols() + v * lanes, lanes);
                }
            }
            for (int i = 0; i < count; i++) {
                Mem.read(w + i * pitch, heap, weights, depth);
                for (int v = 0; v < vectors && add; v++) {
                    Mem.read(sums + i * step + v * beside, heap, last + v * lanes, lanes);
                }
                for (int j = 0; j < cols(); j++) {
                    float sum = chain(depth, heap, weights, j, cols());
                    heap[last + j] = add ? heap[last + j] + sum : sum;
                }
                for (int v = 0; v < vectors; v++) {
                    Mem.write(heap, last + v * lanes, lanes, sums + i * step + v * beside);
                }
            }
        }

        private static float chain(int depth, float[] heap, int weights, int from, int step) {
            float sum = 0;
            for (int k = 0; k < depth; k++) {
                sum = Math.fma(heap[weights + k], heap[from + k * step], sum);
            }
            return sum;
        }
    }
}
