package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Philox;
import io.flambeau.backend.cpu.internal.Scratch;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** The blocks of {@code Philox} by vectors, one block in each lane of 64 bits, whose products are those of 32 bits. */
public final class VectorPhilox implements Philox.Blocks {
    private static final int N = Lanes.I64.length();
    private static final LongVector LOW = LongVector.broadcast(Lanes.I64, 0xFFFFFFFFL);
    private static final LongVector M0 = LongVector.broadcast(Lanes.I64, 0xD2511F53L);
    private static final LongVector M1 = LongVector.broadcast(Lanes.I64, 0xCD9E8D57L);
    private static final LongVector INDEX = LongVector.zero(Lanes.I64).addIndex(1);

    @Override
    public int run(int k0, int k1, long first, int count, long to) {
        int whole = count - count % N;
        long words = Scratch.get(Scratch.TILE, 2L * Lanes.BYTES);
        for (int i = 0; i < whole; i += N) {
            blocks(k0, k1, first + i, words);
            for (int j = 0; j < N; j++) {
                Mem.i64(to + (i + j) * 16L, Mem.i64(words + j * 8L));
                Mem.i64(to + (i + j) * 16L + 8, Mem.i64(words + Lanes.BYTES + j * 8L));
            }
        }
        return whole;
    }

    /** Writes the first two words of each block, then the last two. */
    private static void blocks(int k0, int k1, long first, long to) {
        LongVector counter = INDEX.add(first);
        LongVector a = counter.and(LOW);
        LongVector b = counter.lanewise(VectorOperators.LSHR, 32);
        LongVector c = LongVector.zero(Lanes.I64);
        LongVector d = LongVector.zero(Lanes.I64);
        int key0 = k0;
        int key1 = k1;
        for (int round = 0; round < 10; round++) {
            LongVector p = M0.mul(a.and(LOW));
            LongVector q = M1.mul(c.and(LOW));
            a = mixed(q, b, key0 & 0xFFFFFFFFL);
            b = q.and(LOW);
            c = mixed(p, d, key1 & 0xFFFFFFFFL);
            d = p.and(LOW);
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
        join(a, b).intoMemorySegment(Mem.ALL, to, Lanes.ORDER);
        join(c, d).intoMemorySegment(Mem.ALL, to + Lanes.BYTES, Lanes.ORDER);
    }

    private static LongVector mixed(LongVector product, LongVector word, long key) {
        return product.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.XOR, word)
                .lanewise(VectorOperators.XOR, key);
    }

    private static LongVector join(LongVector low, LongVector high) {
        return low.or(high.lanewise(VectorOperators.LSHL, 32));
    }
}
