package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Winograd;
import jdk.incubator.vector.FloatVector;

/** The transforms of one vector. */
public final class VectorWinograd {
    private VectorWinograd() {}

    public static Winograd.Step step(Winograd transform) {
        return switch (transform) {
            case INPUT -> VectorWinograd::input;
            case OUTPUT -> VectorWinograd::output;
            case WEIGHT -> VectorWinograd::weight;
            case OUTPUT_ADJOINT -> VectorWinograd::outputAdjoint;
            case WEIGHT_ADJOINT -> VectorWinograd::weightAdjoint;
        };
    }

    private static void input(long from, long step, long to, long next) {
        FloatVector x0 = Lanes.load(from);
        FloatVector x1 = Lanes.load(from + step);
        FloatVector x2 = Lanes.load(from + 2 * step);
        FloatVector x3 = Lanes.load(from + 3 * step);
        Lanes.store(x0.sub(x2), to);
        Lanes.store(x1.add(x2), to + next);
        Lanes.store(x2.sub(x1), to + 2 * next);
        Lanes.store(x1.sub(x3), to + 3 * next);
    }

    private static void output(long from, long step, long to, long next) {
        FloatVector x0 = Lanes.load(from);
        FloatVector x1 = Lanes.load(from + step);
        FloatVector x2 = Lanes.load(from + 2 * step);
        FloatVector x3 = Lanes.load(from + 3 * step);
        Lanes.store(x0.add(x1).add(x2), to);
        Lanes.store(x1.sub(x2).sub(x3), to + next);
    }

    private static void weight(long from, long step, long to, long next) {
        FloatVector x0 = Lanes.load(from);
        FloatVector x1 = Lanes.load(from + step);
        FloatVector x2 = Lanes.load(from + 2 * step);
        FloatVector ends = x0.add(x2).mul(0.5f);
        FloatVector middle = x1.mul(0.5f);
        Lanes.store(x0, to);
        Lanes.store(ends.add(middle), to + next);
        Lanes.store(ends.sub(middle), to + 2 * next);
        Lanes.store(x2, to + 3 * next);
    }

    private static void outputAdjoint(long from, long step, long to, long next) {
        FloatVector x0 = Lanes.load(from);
        FloatVector x1 = Lanes.load(from + step);
        Lanes.store(x0, to);
        Lanes.store(x0.add(x1), to + next);
        Lanes.store(x0.sub(x1), to + 2 * next);
        Lanes.store(x1.neg(), to + 3 * next);
    }

    private static void weightAdjoint(long from, long step, long to, long next) {
        FloatVector x0 = Lanes.load(from);
        FloatVector x1 = Lanes.load(from + step);
        FloatVector x2 = Lanes.load(from + 2 * step);
        FloatVector x3 = Lanes.load(from + 3 * step);
        FloatVector sum = x1.add(x2).mul(0.5f);
        FloatVector difference = x1.sub(x2).mul(0.5f);
        Lanes.store(x0.add(sum), to);
        Lanes.store(difference, to + next);
        Lanes.store(sum.add(x3), to + 2 * next);
    }
}
