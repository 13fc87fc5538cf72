package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.View;
import java.util.Arrays;

/** A complex tensor as its real and imaginary parts, in a new last axis of size 2. */
public enum ViewAsReal implements ViewOp {
    VIEW_AS_REAL;

    @Override
    public Spec[] infer(Spec[] in) {
        if (!in[0].dtype().isComplex()) {
            throw new DTypeException(title(), "needs a complex dtype, not " + in[0].dtype(), Fault.BAD_DTYPE);
        }
        DType real = in[0].dtype().toReal();
        return new Spec[] {
            in[0].with(in[0].shape().insert(in[0].shape().rank(), 2)).with(real)
        };
    }

    @Override
    public View[] apply(View x, Spec[] out) {
        long[] strides = Arrays.copyOf(x.strides(), x.strides().length + 1);
        for (int i = 0; i < x.strides().length; i++) {
            strides[i] *= 2;
        }
        strides[x.strides().length] = 1;
        return new View[] {new View(x.storage(), out[0].dtype(), out[0].shape(), strides, x.offset() * 2)};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> Tensor.bind(ViewAsComplex.VIEW_AS_COMPLEX, g.contiguous()));
    }
}
