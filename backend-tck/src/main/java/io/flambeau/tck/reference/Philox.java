package io.flambeau.tck.reference;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.Random;

/** RANDOM: Philox4x32-10, as Note [The random stream] of {@link Random} lays it out. */
final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    static void fill(Random op, Elements out) {
        boolean wide = out.dtype() == DType.I64;
        int each = wide ? 2 : 4;
        for (long i = 0; i < out.count(); i++) {
            long number = op.offset() + i / each;
            int[] counter = {(int) number, (int) (number >>> 32), 0, 0};
            int[] words = block(counter, (int) op.seed(), (int) (op.seed() >>> 32));
            int at = (int) (i % each);
            out.set(i, wide ? words[2 * at] & 0xFFFFFFFFL | (long) words[2 * at + 1] << 32 : words[at]);
        }
    }

    /** Four random words for a counter of four and a key of two. */
    static int[] block(int[] counter, int key0, int key1) {
        int[] c = counter.clone();
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c[0] & 0xFFFFFFFFL);
            long product1 = MULTIPLIER_1 * (c[2] & 0xFFFFFFFFL);
            c = new int[] {
                (int) (product1 >>> 32) ^ c[1] ^ key0 + round * WEYL_0,
                (int) product1,
                (int) (product0 >>> 32) ^ c[3] ^ key1 + round * WEYL_1,
                (int) product0
            };
        }
        return c;
    }
}
