package io.flambeau.backend.cpu.internal;

/** The transforms without vectors. */
final class PlainWinograd implements Winograd {
    @Override
    public void input(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            input(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void input(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += 4) {
            float x0 = Mem.f32(from + i);
            float x1 = Mem.f32(from + step + i);
            float x2 = Mem.f32(from + 2 * step + i);
            float x3 = Mem.f32(from + 3 * step + i);
            Mem.f32(to + i, x0 - x2);
            Mem.f32(to + next + i, x1 + x2);
            Mem.f32(to + 2 * next + i, x2 - x1);
            Mem.f32(to + 3 * next + i, x1 - x3);
        }
    }

    @Override
    public void output(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            output(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void output(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += 4) {
            float x0 = Mem.f32(from + i);
            float x1 = Mem.f32(from + step + i);
            float x2 = Mem.f32(from + 2 * step + i);
            float x3 = Mem.f32(from + 3 * step + i);
            Mem.f32(to + i, x0 + x1 + x2);
            Mem.f32(to + next + i, x1 - x2 - x3);
        }
    }

    @Override
    public void weight(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            weight(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void weight(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += 4) {
            float x0 = Mem.f32(from + i);
            float x1 = Mem.f32(from + step + i);
            float x2 = Mem.f32(from + 2 * step + i);
            float ends = (x0 + x2) * 0.5f;
            float middle = x1 * 0.5f;
            Mem.f32(to + i, x0);
            Mem.f32(to + next + i, ends + middle);
            Mem.f32(to + 2 * next + i, ends - middle);
            Mem.f32(to + 3 * next + i, x2);
        }
    }

    @Override
    public void outputAdjoint(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            outputAdjoint(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void outputAdjoint(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += 4) {
            float x0 = Mem.f32(from + i);
            float x1 = Mem.f32(from + step + i);
            Mem.f32(to + i, x0);
            Mem.f32(to + next + i, x0 + x1);
            Mem.f32(to + 2 * next + i, x0 - x1);
            Mem.f32(to + 3 * next + i, -x1);
        }
    }

    @Override
    public void weightAdjoint(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            weightAdjoint(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void weightAdjoint(int n, long from, long step, long to, long next) {
        for (int i = 0; i < 4 * n; i += 4) {
            float x0 = Mem.f32(from + i);
            float x1 = Mem.f32(from + step + i);
            float x2 = Mem.f32(from + 2 * step + i);
            float x3 = Mem.f32(from + 3 * step + i);
            float sum = (x1 + x2) * 0.5f;
            float difference = (x1 - x2) * 0.5f;
            Mem.f32(to + i, x0 + sum);
            Mem.f32(to + next + i, difference);
            Mem.f32(to + 2 * next + i, sum + x3);
        }
    }
}
