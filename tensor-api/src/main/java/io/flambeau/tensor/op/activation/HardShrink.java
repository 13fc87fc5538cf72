package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Tensor;

/** x, but 0 from -lambda to lambda. */
public record HardShrink(double lambda) implements Activation {
    private Tensor inside(Tensor x) {
        return x.ge(-lambda).logicalAnd(x.le(lambda));
    }

    @Override
    public String title() {
        return "hardshrink";
    }

    @Override
    public Tensor value(Tensor x) {
        return x.zerosLike().where(inside(x), x);
    }

    @Override
    public Tensor slope(Tensor x) {
        return Pieces.mask(inside(x).logicalNot(), x);
    }
}
