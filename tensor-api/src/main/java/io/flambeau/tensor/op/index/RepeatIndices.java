package io.flambeau.tensor.op.index;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;

/** The place 0 as often as the first of a vector of integers says, then the place 1, and so on (I64). */
public enum RepeatIndices implements HostOp {
    REPEAT_INDICES;

    @Override
    public String title() {
        return "repeatInterleave";
    }

    @Override
    public boolean dataDependent() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (!in[0].dtype().isIntegral()) {
            throw new DTypeException(title(), "repeats must be integers, not " + in[0].dtype(), Fault.BAD_DTYPE);
        }
        return UNKNOWN;
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        long[] times = in[0].integers();
        long total = 0;
        for (long n : times) {
            if (n < 0) {
                throw new ArgumentException(
                        title(), "repeats holds " + n + "; it must not be negative", Fault.BAD_ARGUMENT);
            }
            total += n;
        }
        long[] places = new long[Math.toIntExact(total)];
        int at = 0;
        for (int i = 0; i < times.length; i++) {
            for (long n = 0; n < times[i]; n++) {
                places[at++] = i;
            }
        }
        return new HostArray[] {HostArray.of(DType.I64, Shape.of(total), places)};
    }
}
