package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.math.Clamp;

/** x moved into an interval; unlike in a clamp, the slope on its bounds is 0. Also of integers. */
public record HardTanh(double min, double max) implements Activation {
    @Override
    public Spec[] infer(Spec[] in) {
        if (min > max) {
            throw new ArgumentException(
                    title(), "minVal " + min + " is greater than maxVal " + max, Fault.BAD_ARGUMENT);
        }
        return Pieces.requireReal(this, in[0]);
    }

    @Override
    public String title() {
        return "hardtanh";
    }

    @Override
    public Tensor value(Tensor x) {
        return Tensor.bind(new Clamp(Pieces.number(x, min), Pieces.number(x, max)), x);
    }

    @Override
    public Tensor slope(Tensor x) {
        return Pieces.mask(x.le(min).logicalOr(x.ge(max)).logicalNot(), x);
    }
}
