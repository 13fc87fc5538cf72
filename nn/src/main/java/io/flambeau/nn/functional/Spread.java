package io.flambeau.nn.functional;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.op.Axes;
import java.util.Arrays;

/** Numbers for spatial axes, where one number stands for all. */
public final class Spread {
    private Spread() {}

    /** One number for each axis. */
    public static Axes over(String operation, String argument, Axes values, int axes) {
        if (values.count() == axes) {
            return values;
        }
        if (values.count() != 1) {
            throw new ArgumentException(
                    operation,
                    argument + " is " + values + "; it must hold 1 or " + axes + " numbers",
                    Fault.BAD_ARGUMENT);
        }
        long[] spread = new long[axes];
        Arrays.fill(spread, values.at(0));
        return Axes.of(spread);
    }
}
