package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Winograd;
import jdk.incubator.vector.FloatVector;

/** The transforms by vectors. */
public final class VectorWinograd implements Winograd {
    @Override
    public void input(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            input(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void input(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += Lanes.BYTES) {
            FloatVector x0 = Lanes.load(from + i);
            FloatVector x1 = Lanes.load(from + step + i);
            FloatVector x2 = Lanes.load(from + 2 * step + i);
            FloatVector x3 = Lanes.load(from + 3 * step + i);
            Lanes.store(x0.sub(x2), to + i);
            Lanes.store(x1.add(x2), to + next + i);
            Lanes.store(x2.sub(x1), to + 2 * next + i);
            Lanes.store(x1.sub(x3), to + 3 * next + i);
        }
    }

    @Override
    public void output(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            output(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void output(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += Lanes.BYTES) {
            FloatVector x0 = Lanes.load(from + i);
            FloatVector x1 = Lanes.load(from + step + i);
            FloatVector x2 = Lanes.load(from + 2 * step + i);
            FloatVector x3 = Lanes.load(from + 3 * step + i);
            Lanes.store(x0.add(x1).add(x2), to + i);
            Lanes.store(x1.sub(x2).sub(x3), to + next + i);
        }
    }

    @Override
    public void weight(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            weight(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void weight(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += Lanes.BYTES) {
            FloatVector x0 = Lanes.load(from + i);
            FloatVector x1 = Lanes.load(from + step + i);
            FloatVector x2 = Lanes.load(from + 2 * step + i);
            FloatVector ends = x0.add(x2).mul(0.5f);
            FloatVector middle = x1.mul(0.5f);
            Lanes.store(x0, to + i);
            Lanes.store(ends.add(middle), to + next + i);
            Lanes.store(ends.sub(middle), to + 2 * next + i);
            Lanes.store(x2, to + 3 * next + i);
        }
    }

    @Override
    public void outputAdjoint(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            outputAdjoint(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void outputAdjoint(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += Lanes.BYTES) {
            FloatVector x0 = Lanes.load(from + i);
            FloatVector x1 = Lanes.load(from + step + i);
            Lanes.store(x0, to + i);
            Lanes.store(x0.add(x1), to + next + i);
            Lanes.store(x0.sub(x1), to + 2 * next + i);
            Lanes.store(x1.neg(), to + 3 * next + i);
        }
    }

    @Override
    public void weightAdjoint(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            weightAdjoint(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void weightAdjoint(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += Lanes.BYTES) {
            FloatVector x0 = Lanes.load(from + i);
            FloatVector x1 = Lanes.load(from + step + i);
            FloatVector x2 = Lanes.load(from + 2 * step + i);
            FloatVector x3 = Lanes.load(from + 3 * step + i);
            FloatVector sum = x1.add(x2).mul(0.5f);
            FloatVector difference = x1.sub(x2).mul(0.5f);
            Lanes.store(x0.add(sum), to + i);
            Lanes.store(difference, to + next + i);
            Lanes.store(sum.add(x3), to + 2 * next + i);
        }
    }
}
