package io.flambeau.tensor.op.step;

import io.flambeau.tensor.Tensor;

/**
 * Stochastic gradient descent (<a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html">SGD</a>);
 * with momentum, the state is the velocity. See Note [Layout of a step].
 *
 * @param momentum whether there is a velocity
 * @param first whether the velocity starts as the raw gradient: its old values are not read
 * @param nesterov whether the step looks ahead along the velocity
 * @param decay whether the gradient has a share of the parameter added
 * @param maximize whether the objective is to grow
 */
public record SgdStep(boolean momentum, boolean first, boolean nesterov, boolean decay, boolean maximize)
        implements Step {
    /** The coefficients: -rate, weight decay, momentum, 1 - dampening. */
    public static double[] coefficients(double rate, double decay, double momentum, double dampening) {
        return new double[] {-rate, decay, momentum, 1 - dampening};
    }

    @Override
    public int states() {
        return momentum ? 1 : 0;
    }

    @Override
    public Tensor[] next(Coefficients c, Tensor parameter, Tensor gradient, Tensor[] states) {
        Tensor g = maximize ? gradient.neg() : gradient;
        if (decay) {
            g = g.add(parameter.mul(c.at(1)));
        }
        if (!momentum) {
            return new Tensor[] {parameter.add(g.mul(c.at(0)))};
        }
        Tensor velocity = first ? g : states[0].mul(c.at(2)).add(g.mul(c.at(3)));
        Tensor direction = nesterov ? g.add(velocity.mul(c.at(2))) : velocity;
        return new Tensor[] {parameter.add(direction.mul(c.at(0))), velocity};
    }
}
