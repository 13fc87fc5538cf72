package io.flambeau.tensor.op;

import io.flambeau.tensor.Tensor;

/** Gradients of the functions that are not holomorphic. */
final class ComplexGradients {
    private ComplexGradients() {}

    /** Of z / |z|: (g / |z| - y Re(g conj(y)) / |z|), and 0 at 0. */
    static Pullback sgn(Tensor x, Tensor y) {
        return Pullback.saving(x, y).of((g, s) -> {
            Tensor size = s[0].abs();
            Tensor along = s[1].mul(g.mul(s[1].conj()).real());
            Tensor gradient = g.sub(along).div(size);
            return gradient.zerosLike().where(size.eq(0), gradient);
        });
    }
}
