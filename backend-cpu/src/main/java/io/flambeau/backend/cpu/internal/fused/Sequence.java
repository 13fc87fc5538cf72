package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.recurrent.Sweep;

/**
 * Rows of a sequence [steps, samples, *] that a recurrent cell goes over. Samples do not see each other, so a part of
 * the work is some samples over all steps, and threads meet once a sequence instead of twice a step.
 */
record Sequence(int steps, int samples, boolean reverse) {
    /** Samples that are worked on together: two tiles of a product. */
    private static final int TOGETHER = 16;

    static Sequence of(Sweep sweep, Shape steps) {
        return new Sequence(Math.toIntExact(steps.size(0)), Math.toIntExact(steps.size(1)), sweep.reverse());
    }

    /** Some neighbouring samples. */
    @FunctionalInterface
    interface Samples {
        void run(int from, int count);
    }

    void parts(Samples body) {
        Workers.run((samples + TOGETHER - 1) / TOGETHER, part -> {
            int from = part * TOGETHER;
            body.run(from, Math.min(TOGETHER, samples - from));
        });
    }

    /** The step that comes at a place in the order of computation. */
    int step(int place) {
        return reverse ? steps - 1 - place : place;
    }

    /** The row of a sample at a step, of {@code width} floats. */
    long row(long base, int step, int sample, int width) {
        return base + ((long) step * samples + sample) * width * 4;
    }

    /** The row of a sample's state before a place, among the states after each step or the first ones. */
    long before(long states, long first, int place, int sample, int width) {
        return place == 0 ? first + (long) sample * width * 4 : row(states, step(place - 1), sample, width);
    }

    /** The gradient [height, width] of the matrix by which the state before each step gave {@code out}. */
    void weight(long out, int height, long states, long first, int width, long to) {
        Matrix sum = new Matrix(to, width, 1);
        Matrix start = new Matrix(row(out, step(0), 0, height), 1, height);
        Gemm.F32.run(height, width, samples, start, new Matrix(first, width, 1), sum, false, null);
        int rest = (steps - 1) * samples;
        if (rest > 0) {
            Matrix left = new Matrix(row(out, reverse ? 0 : 1, 0, height), 1, height);
            Matrix right = new Matrix(row(states, reverse ? 1 : 0, 0, width), width, 1);
            Gemm.F32.run(height, width, rest, left, right, sum, true, null);
        }
    }
}
