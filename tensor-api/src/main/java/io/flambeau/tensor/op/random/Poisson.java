package io.flambeau.tensor.op.random;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Gamma;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.Random;
import java.util.SplittableRandom;

/**
 * Numbers of events at given rates. Small rates multiply uniform numbers (Knuth, <em>The Art of Computer
 * Programming</em>, volume 2, 3.4.1), large ones use transformed rejection (Hörmann, <em>The transformed rejection
 * method for generating Poisson random variables</em>, 1993).
 *
 * <p>A counter may follow the rates, see Note [Counters] of {@link Random}.
 *
 * @param seed the generator's stream
 * @param offset the position in it; each element draws from a stream of its own that follows from both
 */
public record Poisson(long seed, long offset) implements HostOp {
    /** From here on transformed rejection is faster. */
    private static final double LARGE = 10;

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireFloating(this, in[0]);
        Laws.requireReal(this, in[0]);
        Random.requireCounter(this, in, 1);
        return new Spec[] {in[0]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        long first = in.length > 1 ? offset + in[1].integers()[0] : offset;
        HostArray out = HostArray.zeros(in[0].dtype(), in[0].shape());
        for (int i = 0; i < out.reals().length; i++) {
            double rate = in[0].reals()[i];
            if (!(rate >= 0)) {
                throw new ArgumentException(
                        title(), "a rate is " + rate + "; it must not be negative", Fault.BAD_ARGUMENT);
            }
            SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + first + i);
            out.reals()[i] = rate < LARGE ? small(rate, random) : large(rate, random);
        }
        return new HostArray[] {out};
    }

    private static double small(double rate, SplittableRandom random) {
        double limit = StrictMath.exp(-rate);
        double product = random.nextDouble();
        int events = 0;
        while (product > limit) {
            product *= random.nextDouble();
            events++;
        }
        return events;
    }

    private static double large(double rate, SplittableRandom random) {
        double root = Math.sqrt(rate);
        double b = 0.931 + 2.53 * root;
        double a = -0.059 + 0.02483 * b;
        double inverse = 1.1239 + 1.1328 / (b - 3.4);
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double distance = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / distance + b) * u + rate + 0.43);
            if (distance >= 0.07 && v <= squeeze) {
                return k;
            }
            if (k < 0 || distance < 0.013 && v > distance) {
                continue;
            }
            double log = StrictMath.log(v) + StrictMath.log(inverse) - StrictMath.log(a / (distance * distance) + b);
            if (log <= -rate + k * StrictMath.log(rate) - Gamma.lgamma(k + 1)) {
                return k;
            }
        }
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> g.zerosLike());
    }
}
