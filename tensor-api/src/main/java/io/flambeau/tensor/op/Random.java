package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;

/**
 * Counter-based random bits: Philox4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw, <em>Parallel random numbers: as
 * easy as 1, 2, 3</em>, SC 2011).
 *
 * <p>Note [The random stream]: a block is philox(counter = (block's low word, block's high word, 0, 0), key = (seed's low
 * word, seed's high word)) and gives four words. I32 element i is word i mod 4 of block {@code offset + i / 4}. I64
 * element i is words 2 (i mod 2) (low) and 2 (i mod 2) + 1 (high) of block {@code offset + i / 2}. The stream therefore
 * depends on nothing but seed and offset.
 *
 * <p>Note [Counters]: a draw may have one input, a counter (I64, one element), which is added to the offset. Then what is
 * drawn is not part of the operation, and a trace that has the counter as an input draws anew for each counter that it
 * is replayed with.
 *
 * @param spec I32 or I64, contiguous
 * @param seed the key
 * @param offset the first block's number, or its distance from the counter
 */
public record Random(Spec spec, long seed, long offset) implements Primitive {
    @Override
    public Spec[] infer(Spec[] in) {
        if (spec.dtype() != DType.I32 && spec.dtype() != DType.I64) {
            throw new DTypeException("random", "bits are int32 or int64, not " + spec.dtype(), Fault.BAD_DTYPE);
        }
        requireCounter(this, in, 0);
        return new Spec[] {spec};
    }

    /** Checks the counter that may follow the given number of inputs. */
    public static void requireCounter(Op op, Spec[] in, int inputs) {
        if (in.length > inputs) {
            Spec counter = in[inputs];
            if (counter.dtype() != DType.I64 || counter.shape().count() != 1) {
                throw new DTypeException(op.title(), "a counter is one int64, not " + counter, Fault.BAD_DTYPE);
            }
        }
    }

    /** How many blocks the elements of this operation use up. */
    public long blocks() {
        long each = spec.dtype() == DType.I32 ? 4 : 2;
        return (spec.shape().count() + each - 1) / each;
    }
}
