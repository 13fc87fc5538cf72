package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/** Rows of a table at indices, and the sums of gradients back into them. */
final class Embeddings {
    /** The table is cut into so many ranges of rows; each collects its own gradients in the order of the indices. */
    private static final int RANGES = 8;

    private Embeddings() {}

    static Kernel forward() {
        return (in, out) -> {
            long rows = in[0].shape().size(0);
            long width = in[0].shape().size(1) * 4;
            long table = in[0].address();
            long indices = in[1].address();
            long to = out[0].address();
            long grain = Math.max(1, Workers.GRAIN * 4 / width);
            Workers.ranges(in[1].shape().count(), 1, grain, (first, last) -> {
                for (long i = first; i < last; i++) {
                    long row = Mem.i64(indices + i * 8);
                    if (row < 0 || row >= rows) {
                        throw outside(row, rows);
                    }
                    Mem.copy(table + row * width, to + i * width, width);
                }
            });
        };
    }

    private static IndexException outside(long index, long rows) {
        return new IndexException(
                "embedding", "index " + index + " is outside a table of " + rows + " rows", Fault.INDEX_RANGE);
    }

    static @Nullable Kernel backward(EmbeddingBackward op) {
        if (op.byFrequency()) {
            return null;
        }
        return (in, out) -> {
            int width = Math.toIntExact(in[0].shape().size(-1));
            long count = in[1].shape().count();
            long g = in[0].address();
            long indices = in[1].address();
            long to = out[0].address();
            long rows = op.rows();
            Workers.run(RANGES, part -> {
                long low = rows * part / RANGES;
                long high = rows * (part + 1) / RANGES;
                Mem.zero(to + low * width * 4, (high - low) * width * 4);
                for (long i = 0; i < count; i++) {
                    long row = Mem.i64(indices + i * 8);
                    if (row < 0 || row >= rows) {
                        throw outside(row, rows);
                    }
                    if (row >= low && row < high && row != op.padding()) {
                        long sum = to + row * width * 4;
                        Row.ADD.map(width, sum, g + i * width * 4, sum, 0, 0);
                    }
                }
            });
        };
    }
}
