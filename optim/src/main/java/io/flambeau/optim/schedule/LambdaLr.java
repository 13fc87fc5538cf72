package io.flambeau.optim.schedule;

import io.flambeau.optim.Optimizer;
import java.util.function.IntToDoubleFunction;

/** The base times a function of the epoch. */
public final class LambdaLr extends LrScheduler {
    private final IntToDoubleFunction factor;

    public LambdaLr(Optimizer optimizer, IntToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        start();
    }

    @Override
    double rate(double present, int group, int epoch) {
        return base(group) * factor.applyAsDouble(epoch);
    }
}
