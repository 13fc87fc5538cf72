package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Lines;
import io.flambeau.tensor.op.Pullback;

/**
 * Running log(sum(exp(x))) along an axis, without overflow.
 *
 * @param axis counted from 0
 */
public record LogCumSumExp(int axis) implements HostOp {
    @Override
    public String title() {
        return "logcumsumexp";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[0]);
        return new Spec[] {in[0]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        HostArray x = in[0];
        HostArray out = HostArray.zeros(x.dtype(), x.shape());
        Lines lines = Lines.along(x.shape(), axis);
        double[] a = x.reals();
        double[] y = out.reals();
        for (int line = 0; line < lines.count(); line++) {
            Complex sum = new Complex(Double.NEGATIVE_INFINITY, 0);
            for (int i = 0; i < lines.length(); i++) {
                int at = lines.at(line, i);
                if (x.dtype().isComplex()) {
                    sum = BinaryFunction.LOGADDEXP.apply(new Complex(a[2 * at], a[2 * at + 1]), sum, Complex.ZERO);
                    y[2 * at] = sum.re();
                    y[2 * at + 1] = sum.im();
                } else {
                    y[at] = BinaryFunction.LOGADDEXP.apply(sum.re(), a[at], 0.0);
                    sum = new Complex(y[at], 0);
                }
            }
        }
        return new HostArray[] {out};
    }

    /** Summed in logarithms too, the positive and the negative cotangents apart. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        if (in[0].dtype().isComplex()) {
            return Pullback.saving(in[0], out[0]).of((g, s) -> {
                Tensor log = g.log().sub(s[1].conj());
                Tensor sum = log.flip(axis).logcumsumexp(axis).flip(axis);
                return sum.add(s[0].conj()).exp();
            });
        }
        return Pullback.saving(in[0], out[0]).of((g, s) -> part(g, s).sub(part(g.neg(), s)));
    }

    /** The lowest finite value stands for log(0): the gradient of this would subtract infinities. */
    private Tensor part(Tensor g, Tensor[] s) {
        Tensor positive = g.gt(0);
        Tensor lowest = g.fullLike(Scalar.of(g.dtype().min()));
        Tensor log =
                g.where(positive, g.onesLike()).log().where(positive, lowest).sub(s[1]);
        return log.flip(axis).logcumsumexp(axis).flip(axis).add(s[0]).exp();
    }
}
