package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Tensor;

/** Activations without parameters made of straight and square pieces (Howard and others, 2019). */
public enum Hard implements Activation {
    /** min(max(x + 3, 0), 6) / 6. */
    HARDSIGMOID {
        @Override
        public Tensor value(Tensor x) {
            return gate(x).div(6);
        }

        @Override
        public Tensor slope(Tensor x) {
            return Pieces.mask(x.gt(-3).logicalAnd(x.lt(3)), x).div(6);
        }
    },
    /** x min(max(x + 3, 0), 6) / 6. */
    HARDSWISH {
        @Override
        public Tensor value(Tensor x) {
            return x.mul(gate(x)).div(6);
        }

        @Override
        public Tensor slope(Tensor x) {
            Tensor outer = x.zerosLike().where(x.le(-3), x.onesLike());
            return x.div(3).add(0.5).where(x.gt(-3).logicalAnd(x.lt(3)), outer);
        }
    };

    private static Tensor gate(Tensor x) {
        return Pieces.atMost(Pieces.atLeast(x.add(3), 0), 6);
    }
}
