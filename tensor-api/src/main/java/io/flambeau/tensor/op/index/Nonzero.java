package io.flambeau.tensor.op.index;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;

/** The indices (I64) of the elements that are not zero, one row each, in row-major order. */
public enum Nonzero implements HostOp {
    NONZERO;

    @Override
    public boolean dataDependent() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return UNKNOWN;
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        HostArray x = in[0];
        int rank = x.shape().rank();
        int found = 0;
        for (int i = 0; i < x.count(); i++) {
            found += isZero(x, i) ? 0 : 1;
        }
        long[] strides = x.shape().contiguousStrides();
        long[] out = new long[found * rank];
        int at = 0;
        for (int i = 0; i < x.count(); i++) {
            if (!isZero(x, i)) {
                for (int axis = 0; axis < rank; axis++) {
                    out[at++] = i / strides[axis] % x.shape().size(axis);
                }
            }
        }
        return new HostArray[] {HostArray.of(DType.I64, Shape.of(found, rank), out)};
    }

    private static boolean isZero(HostArray x, int i) {
        return switch (x.dtype().category()) {
            case BOOL, INTEGRAL -> x.integers()[i] == 0;
            case FLOATING -> x.reals()[i] == 0;
            case COMPLEX -> x.reals()[2 * i] == 0 && x.reals()[2 * i + 1] == 0;
        };
    }
}
