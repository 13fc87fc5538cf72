package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Tensor;

/** log(1 + exp(beta x)) / beta, and x itself where beta x is above a threshold. */
public record Softplus(double beta, double threshold) implements Activation {
    @Override
    public Tensor value(Tensor x) {
        Tensor scaled = x.mul(beta);
        return x.where(scaled.gt(threshold), Smooth.softplus(scaled).div(beta));
    }

    @Override
    public Tensor slope(Tensor x) {
        Tensor scaled = x.mul(beta);
        return x.onesLike().where(scaled.gt(threshold), scaled.sigmoid());
    }
}
