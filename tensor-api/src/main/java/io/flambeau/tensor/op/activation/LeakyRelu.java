package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;

/** x where it is positive, else a fraction of it. */
public record LeakyRelu(double fraction) implements Activation {
    @Override
    public Tensor value(Tensor x) {
        return x.where(x.gt(0), x.mul(fraction));
    }

    @Override
    public Tensor slope(Tensor x) {
        return x.onesLike().where(x.gt(0), x.fullLike(Scalar.of(fraction)));
    }
}
