package io.flambeau.tensor.op.activation;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Laws;

/** Activations without parameters that bend everywhere. */
public enum Smooth implements Activation {
    /** x sigmoid(x), also of complex numbers. */
    SILU {
        @Override
        public Spec[] infer(Spec[] in) {
            Laws.requireFloating(this, in[0]);
            return new Spec[] {in[0]};
        }

        @Override
        public Tensor value(Tensor x) {
            return x.mul(x.sigmoid());
        }

        @Override
        public Tensor slope(Tensor x) {
            Tensor s = x.sigmoid();
            return s.rsub(1).mul(x).add(1).mul(s).conj();
        }
    },
    /** x tanh(softplus(x)) (Misra, 2019). */
    MISH {
        @Override
        public Tensor value(Tensor x) {
            return x.mul(softplus(x).tanh());
        }

        @Override
        public Tensor slope(Tensor x) {
            Tensor t = softplus(x).tanh();
            return t.add(t.square().rsub(1).mul(x).mul(x.sigmoid()));
        }
    },
    /** log(sigmoid(x)), formed without overflow. */
    LOG_SIGMOID {
        @Override
        public Tensor value(Tensor x) {
            return Pieces.atMost(x, 0).sub(x.abs().neg().exp().log1p());
        }

        @Override
        public Tensor slope(Tensor x) {
            return x.neg().sigmoid();
        }
    };

    /** log(1 + exp(x)), formed without overflow. */
    static Tensor softplus(Tensor x) {
        return x.relu().add(x.abs().neg().exp().log1p());
    }
}
