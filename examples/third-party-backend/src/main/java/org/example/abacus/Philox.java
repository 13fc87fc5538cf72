package org.example.abacus;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.Random;

/** Random bits that are the same on every device: Note [The random stream] of {@link Random}. */
final class Philox {
    private Philox() {}

    static void fill(Random op, Beads out) {
        boolean wide = out.dtype() == DType.I64;
        int each = wide ? 2 : 4;
        out.each((to, i) -> {
            int[] words = block(op.offset() + i / each, op.seed());
            int at = i % each;
            to.set(i, wide ? words[2 * at] & 0xFFFFFFFFL | (long) words[2 * at + 1] << 32 : words[at]);
        });
    }

    /** Ten rounds of Philox4x32 on the counter (low word, high word, 0, 0). */
    private static int[] block(long counter, long key) {
        int a = (int) counter;
        int b = (int) (counter >>> 32);
        int c = 0;
        int d = 0;
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        for (int round = 0; round < 10; round++) {
            long left = 0xD2511F53L * (a & 0xFFFFFFFFL);
            long right = 0xCD9E8D57L * (c & 0xFFFFFFFFL);
            a = (int) (right >>> 32) ^ b ^ key0;
            b = (int) right;
            c = (int) (left >>> 32) ^ d ^ key1;
            d = (int) left;
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
        return new int[] {a, b, c, d};
    }
}
