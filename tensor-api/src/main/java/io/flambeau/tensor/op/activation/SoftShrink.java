package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** x moved towards 0 by lambda, and 0 from -lambda to lambda. */
public record SoftShrink(double lambda) implements Activation {
    @Override
    public String title() {
        return "softshrink";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (!(lambda >= 0)) {
            throw new ArgumentException(title(), "lambd is " + lambda + "; it must be at least 0", Fault.BAD_ARGUMENT);
        }
        return Activation.super.infer(in);
    }

    @Override
    public Tensor value(Tensor x) {
        Tensor low = x.add(lambda).where(x.lt(-lambda), x.mul(0.0));
        return x.sub(lambda).where(x.gt(lambda), low);
    }

    @Override
    public Tensor slope(Tensor x) {
        return Pieces.mask(x.ge(-lambda).logicalAnd(x.le(lambda)).logicalNot(), x);
    }
}
