package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Philox;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.spi.Kernel;

/** Dropout: the random bits of a chunk are drawn into the cache and used at once. */
final class Dropouts {
    private static final int CHUNK = 1024;

    private Dropouts() {}

    static Kernel run(Dropout op) {
        float scale = (float) op.scale();
        float threshold = Float.intBitsToFloat((int) op.threshold());
        return (in, out) -> Dense.run(out, to -> {
            long x = in[0].address();
            long count = in[0].shape().count();
            long first = in.length > 1 ? op.offset() + Mem.i64(in[1].address()) : op.offset();
            Workers.ranges(count, CHUNK, 8 * CHUNK, (from, last) -> {
                long bits = Scratch.get(Scratch.STAGE, CHUNK * 4);
                for (long at = from; at < last; at += CHUNK) {
                    int n = (int) Math.min(CHUNK, last - at);
                    Philox.words(op.seed(), first + at / 4, bits, n);
                    Row.DROPOUT.map(n, x + at * 4, bits, to[0] + at * 4, scale, threshold);
                }
            });
        });
    }
}
