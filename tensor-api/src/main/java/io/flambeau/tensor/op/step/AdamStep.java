package io.flambeau.tensor.op.step;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Laws;

/**
 * Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019), as in
 * <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html">PyTorch</a>; the states are the first
 * and the second moment and, with AMSGrad, the greatest second moment. See Note [Layout of a step].
 *
 * @param decay whether weights decay
 * @param decoupled whether the decay shrinks the parameter (AdamW) and not the gradient (Adam)
 * @param amsgrad whether the greatest second moment takes the place of the second moment
 * @param maximize whether the objective is to grow
 */
public record AdamStep(boolean decay, boolean decoupled, boolean amsgrad, boolean maximize) implements Step {
    /**
     * The coefficients: decay (decoupled: 1 - rate decay), 1 - beta1, beta2, 1 - beta2, the square root of the second
     * moment's correction, epsilon, and minus the rate over the first moment's correction.
     *
     * @param step counted from 1
     */
    public double[] coefficients(double rate, double beta1, double beta2, double epsilon, double decay, long step) {
        return new double[] {
            decoupled ? 1 - rate * decay : decay,
            1 - beta1,
            beta2,
            1 - beta2,
            Math.sqrt(1 - Math.pow(beta2, step)),
            epsilon,
            -rate / (1 - Math.pow(beta1, step))
        };
    }

    @Override
    public Spec[] infer(Spec[] in) {
        if (amsgrad && in.length > 1) {
            Laws.requireReal(this, in[1]);
        }
        return Step.super.infer(in);
    }

    @Override
    public int states() {
        return amsgrad ? 3 : 2;
    }

    @Override
    public Tensor[] next(Coefficients c, Tensor parameter, Tensor gradient, Tensor[] states) {
        Tensor g = maximize ? gradient.neg() : gradient;
        Tensor p = parameter;
        if (decay && decoupled) {
            p = p.mul(c.at(0));
        } else if (decay) {
            g = g.add(p.mul(c.at(0)));
        }
        Tensor first = states[0].add(g.sub(states[0]).mul(c.at(1)));
        Tensor second = states[1].mul(c.at(2)).add(g.mul(g.conj()).mul(c.at(3)));
        Tensor greatest = amsgrad ? states[2].maximum(second) : second;
        Tensor root = greatest.sqrt().div(c.at(4)).add(c.at(5));
        p = p.add(first.div(root).mul(c.at(6)));
        return amsgrad ? new Tensor[] {p, first, second, greatest} : new Tensor[] {p, first, second};
    }
}
