package io.flambeau.backend.cpu.internal;

/** The transforms of one float. */
final class PlainWinograd {
    private PlainWinograd() {}

    static Winograd.Step step(Winograd transform) {
        return switch (transform) {
            case INPUT -> PlainWinograd::input;
            case OUTPUT -> PlainWinograd::output;
            case WEIGHT -> PlainWinograd::weight;
            case OUTPUT_ADJOINT -> PlainWinograd::outputAdjoint;
            case WEIGHT_ADJOINT -> PlainWinograd::weightAdjoint;
        };
    }

    private static void input(long from, long step, long to, long next) {
        float x0 = Mem.f32(from);
        float x1 = Mem.f32(from + step);
        float x2 = Mem.f32(from + 2 * step);
        float x3 = Mem.f32(from + 3 * step);
        Mem.f32(to, x0 - x2);
        Mem.f32(to + next, x1 + x2);
        Mem.f32(to + 2 * next, x2 - x1);
        Mem.f32(to + 3 * next, x1 - x3);
    }

    private static void output(long from, long step, long to, long next) {
        float x0 = Mem.f32(from);
        float x1 = Mem.f32(from + step);
        float x2 = Mem.f32(from + 2 * step);
        float x3 = Mem.f32(from + 3 * step);
        Mem.f32(to, x0 + x1 + x2);
        Mem.f32(to + next, x1 - x2 - x3);
    }

    private static void weight(long from, long step, long to, long next) {
        float x0 = Mem.f32(from);
        float x1 = Mem.f32(from + step);
        float x2 = Mem.f32(from + 2 * step);
        float ends = (x0 + x2) * 0.5f;
        float middle = x1 * 0.5f;
        Mem.f32(to, x0);
        Mem.f32(to + next, ends + middle);
        Mem.f32(to + 2 * next, ends - middle);
        Mem.f32(to + 3 * next, x2);
    }

    private static void outputAdjoint(long from, long step, long to, long next) {
        float x0 = Mem.f32(from);
        float x1 = Mem.f32(from + step);
        Mem.f32(to, x0);
        Mem.f32(to + next, x0 + x1);
        Mem.f32(to + 2 * next, x0 - x1);
        Mem.f32(to + 3 * next, -x1);
    }

    private static void weightAdjoint(long from, long step, long to, long next) {
        float x0 = Mem.f32(from);
        float x1 = Mem.f32(from + step);
        float x2 = Mem.f32(from + 2 * step);
        float x3 = Mem.f32(from + 3 * step);
        float sum = (x1 + x2) * 0.5f;
        float difference = (x1 - x2) * 0.5f;
        Mem.f32(to, x0 + sum);
        Mem.f32(to + next, difference);
        Mem.f32(to + 2 * next, sum + x3);
    }
}
