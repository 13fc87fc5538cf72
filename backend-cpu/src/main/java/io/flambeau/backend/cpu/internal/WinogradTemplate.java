package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** A transform of rows by one of a float or of a vector; see Note [Templates]. */
final class WinogradTemplate implements Winograd.Rows {
    private static final Winograd.Step STEP = Specialiser.data(MethodHandles.lookup(), Winograd.Step.class, 0);
    private static final int BYTES = Specialiser.data(MethodHandles.lookup(), Integer.class, 1);

    WinogradTemplate() {}

    @Override
    public void run(int count, int n, long from, long step, long row, long to, long toStep, long toRow) {
        for (int r = 0; r < count; r++) {
            row(n, from + r * row, step, to + r * toRow, toStep);
        }
    }

    private static void row(int n, long from, long step, long to, long toStep) {
        for (int i = 0; i < 4 * n; i += BYTES) {
            STEP.apply(from + i, step, to + i, toStep);
        }
    }
}
