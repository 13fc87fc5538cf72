package io.flambeau.tensor.op.step;

import io.flambeau.tensor.Tensor;

/**
 * RMSprop (<a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">PyTorch's</a>); the states
 * are the mean square, then with momentum the velocity, then if centred the mean gradient. See Note [Layout of a step].
 *
 * @param decay whether the gradient has a share of the parameter added
 * @param momentum whether there is a velocity
 * @param centered whether the square of the mean gradient is taken from the mean square
 * @param maximize whether the objective is to grow
 */
public record RmsPropStep(boolean decay, boolean momentum, boolean centered, boolean maximize) implements Step {
    /** The coefficients: -rate, weight decay, alpha, 1 - alpha, epsilon, momentum. */
    public static double[] coefficients(double rate, double decay, double alpha, double epsilon, double momentum) {
        return new double[] {-rate, decay, alpha, 1 - alpha, epsilon, momentum};
    }

    @Override
    public int states() {
        return 1 + (momentum ? 1 : 0) + (centered ? 1 : 0);
    }

    @Override
    public Tensor[] next(Coefficients c, Tensor parameter, Tensor gradient, Tensor[] states) {
        Tensor g = maximize ? gradient.neg() : gradient;
        if (decay) {
            g = g.add(parameter.mul(c.at(1)));
        }
        Tensor[] next = new Tensor[1 + states.length];
        next[1] = states[0].mul(c.at(2)).add(g.mul(g.conj()).mul(c.at(3)));
        Tensor variance = next[1];
        if (centered) {
            int last = states.length - 1;
            Tensor mean = states[last].add(g.sub(states[last]).mul(c.at(3)));
            variance = variance.sub(mean.mul(mean.conj()));
            next[last + 1] = mean;
        }
        Tensor direction = g.div(variance.sqrt().add(c.at(4)));
        if (momentum) {
            direction = states[1].mul(c.at(5)).add(direction);
            next[2] = direction;
        }
        next[0] = parameter.add(direction.mul(c.at(0)));
        return next;
    }
}
