package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.internal.linalg.Lu;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/** Determinants of square matrices by LU, plain or as (sign, log of the modulus). */
public enum Determinant implements HostOp {
    DET,
    SLOGDET;

    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.square(this, "A", in[0]);
        Spec one = in[0].with(batch);
        return this == DET
                ? new Spec[] {one}
                : new Spec[] {one, one.with(in[0].dtype().toReal())};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        Scalars s = a.scalars;
        int n = a.rows;
        HostArray first = HostArray.zeros(in[0].dtype(), a.batch);
        HostArray logs = HostArray.zeros(in[0].dtype().toReal(), a.batch);
        for (int b = 0; b < a.count; b++) {
            double[] lu = a.get(b);
            int[] pivots = new int[n];
            Lu.factor(s, n, n, lu, pivots, true);
            Complex product = Complex.ONE;
            double log = 0;
            for (int i = 0; i < n; i++) {
                Complex factor = new Complex(s.re(lu, i * n + i), s.im(lu, i * n + i));
                log += StrictMath.log(factor.abs());
                factor = this == DET ? factor : factor.sgn();
                product = s == Scalars.REAL ? new Complex(product.re() * factor.re(), 0) : product.times(factor);
                if (pivots[i] != i + 1) {
                    product = product.negate();
                }
            }
            s.set(first.reals(), b, product.re(), product.im());
            logs.reals()[b] = log;
        }
        return this == DET ? new HostArray[] {first} : new HostArray[] {first, logs};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        if (this == DET) {
            return Pullback.saving(in[0], out[0]).of((g, s) -> inverseAdjointTimes(s[0], g.mul(s[1].conj())));
        }
        boolean complex = in[0].dtype().isComplex();
        return Pullback.saving(in[0], out[0]).joint((g, s, needs) -> {
            Tensor weight = g[1].to(s[1].dtype());
            if (complex) {
                Tensor turn = g[0].conj().mul(s[1]).imag().neg();
                weight = weight.add(Tensors.stack(-1, turn.zerosLike(), turn).viewAsComplex());
            }
            return new Tensor[] {inverseAdjointTimes(s[0], weight)};
        });
    }

    /**
     * weight A^-H. Outside of higher derivatives a zero pivot counts as the smallest step of the dtype: a
     * determinant of
     * 0 then has the gradient 0, as in PyTorch, and not NaN.
     */
    private static Tensor inverseAdjointTimes(Tensor a, Tensor weight) {
        Tensor diagonal = Parts.diagonalMatrix(
                weight.unsqueeze(-1).expand(Parts.diagonal(a).shape()));
        if (Tensors.isGradEnabled()) {
            return Tensor.bindAll(new Solve("det", false), a.mH(), diagonal)[0];
        }
        Tensor[] factors = Tensor.bindAll(new LuFactor(true, false), a);
        Tensor pivots = Parts.diagonal(factors[0]);
        Tensor step = pivots.zerosLike().add(a.dtype().toReal().epsilon());
        Tensor lu = Parts.withDiagonal(factors[0], step.where(pivots.eq(0), pivots));
        return Tensor.bind(new LuSolve(true), lu, factors[1], diagonal);
    }
}
