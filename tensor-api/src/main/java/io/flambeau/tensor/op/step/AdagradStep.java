package io.flambeau.tensor.op.step;

import io.flambeau.tensor.Tensor;

/**
 * Adagrad (Duchi, Hazan and Singer, 2011); the state is the sum of squares. See Note [Layout of a step].
 *
 * @param decay whether the gradient has a share of the parameter added
 * @param maximize whether the objective is to grow
 */
public record AdagradStep(boolean decay, boolean maximize) implements Step {
    /**
     * The coefficients: minus the decayed rate, weight decay, epsilon.
     *
     * @param step counted from 1
     */
    public static double[] coefficients(double rate, double rateDecay, double decay, double epsilon, long step) {
        return new double[] {-rate / (1 + (step - 1) * rateDecay), decay, epsilon};
    }

    @Override
    public int states() {
        return 1;
    }

    @Override
    public Tensor[] next(Coefficients c, Tensor parameter, Tensor gradient, Tensor[] states) {
        Tensor g = maximize ? gradient.neg() : gradient;
        if (decay) {
            g = g.add(parameter.mul(c.at(1)));
        }
        Tensor sum = states[0].add(g.mul(g.conj()));
        Tensor direction = g.div(sum.sqrt().add(c.at(2)));
        return new Tensor[] {parameter.add(direction.mul(c.at(0))), sum};
    }
}
