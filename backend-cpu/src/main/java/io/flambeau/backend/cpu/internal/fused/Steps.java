package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.op.step.AdagradStep;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.RmsPropStep;
import io.flambeau.tensor.op.step.SgdStep;
import io.flambeau.tensor.op.step.Step;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;

/** The steps of optimizers over all parameters at once, a chunk that fits the first cache at a time. */
final class Steps {
    private static final int CHUNK = 1024;

    private Steps() {}

    static Kernel of(Step step) {
        Chunk chunk = switch (step) {
            case SgdStep s -> sgd(s);
            case AdamStep s -> adam(s);
            case RmsPropStep s -> rmsProp(s);
            case AdagradStep s -> adagrad(s);
        };
        return (in, out) -> Dense.run(out, to -> run(step, chunk, in, to));
    }

    /** Up to a thousand elements of one parameter, its gradient and states; c holds the coefficients. */
    private interface Chunk {
        void run(int n, Slots s, float[] c);
    }

    /** Addresses: parameter and states before and after, the gradient, and two buffers. */
    private static final class Slots {
        long parameter;
        long gradient;
        long next;
        final long[] states = new long[3];
        final long[] nextStates = new long[3];
        long buffer;
        long other;
    }

    private static void run(Step step, Chunk chunk, View[] in, long[] out) {
        int n = step.parameters(in.length);
        float[] c = new float[(int) in[0].shape().count()];
        for (int i = 0; i < c.length; i++) {
            c[i] = Mem.f32(in[0].address() + i * 4L);
        }
        // The first chunk of each parameter, counted over all of them.
        long[] starts = new long[n + 1];
        for (int i = 0; i < n; i++) {
            starts[i + 1] = starts[i] + (in[1 + i].shape().count() + CHUNK - 1) / CHUNK;
        }
        Workers.ranges(starts[n], 1, 8, (first, last) -> {
            Slots slots = new Slots();
            slots.buffer = Scratch.get(Scratch.STAGE, 2 * CHUNK * 4);
            slots.other = slots.buffer + CHUNK * 4;
            int p = 0;
            for (long at = first; at < last; at++) {
                while (starts[p + 1] <= at) {
                    p++;
                }
                long from = (at - starts[p]) * CHUNK;
                long bytes = from * 4;
                slots.parameter = in[1 + p].address() + bytes;
                slots.gradient = in[1 + n + p].address() + bytes;
                slots.next = out[p] + bytes;
                for (int s = 0; s < step.states(); s++) {
                    slots.states[s] = in[1 + (2 + s) * n + p].address() + bytes;
                    slots.nextStates[s] = out[(1 + s) * n + p] + bytes;
                }
                chunk.run((int) Math.min(CHUNK, in[1 + p].shape().count() - from), slots, c);
            }
        });
    }

    /** The gradient, negated and with a share of the parameter where asked for. */
    private static long gradient(int n, Slots s, boolean maximize, boolean decay, float share) {
        long g = s.gradient;
        if (maximize) {
            Row.SCALE.map(n, g, s.buffer, -1, 0);
            g = s.buffer;
        }
        if (decay) {
            Row.ADD_SCALED.map(n, g, s.parameter, s.buffer, share, 0);
            g = s.buffer;
        }
        return g;
    }

    private static Chunk sgd(SgdStep op) {
        return (n, s, c) -> {
            long direction = gradient(n, s, op.maximize(), op.decay(), c[1]);
            if (op.momentum()) {
                long g = direction;
                if (op.first()) {
                    Row.SCALE.map(n, g, s.nextStates[0], 1, 0);
                } else {
                    Row.DECAY.map(n, g, s.states[0], s.nextStates[0], c[2], c[3]);
                }
                direction = s.nextStates[0];
                if (op.nesterov()) {
                    Row.ADD_SCALED.map(n, g, direction, s.other, c[2], 0);
                    direction = s.other;
                }
            }
            Row.ADD_SCALED.map(n, s.parameter, direction, s.next, c[0], 0);
        };
    }

    private static Chunk adam(AdamStep op) {
        return (n, s, c) -> {
            long g = gradient(n, s, op.maximize(), op.decay() && !op.decoupled(), c[0]);
            long p = s.parameter;
            if (op.decay() && op.decoupled()) {
                Row.SCALE.map(n, p, s.next, c[0], 0);
                p = s.next;
            }
            Row.TOWARDS.map(n, g, s.states[0], s.nextStates[0], c[1], 0);
            Row.DECAY_SQUARE.map(n, g, s.states[1], s.nextStates[1], c[2], c[3]);
            long second = s.nextStates[1];
            if (op.amsgrad()) {
                Row.MAX.map(n, s.states[2], second, s.nextStates[2], 0, 0);
                second = s.nextStates[2];
            }
            Row.ADAM.map(n, p, s.nextStates[0], second, s.next, c[4], c[5], c[6]);
        };
    }

    private static Chunk rmsProp(RmsPropStep op) {
        return (n, s, c) -> {
            long g = gradient(n, s, op.maximize(), op.decay(), c[1]);
            Row.DECAY_SQUARE.map(n, g, s.states[0], s.nextStates[0], c[2], c[3]);
            long variance = s.nextStates[0];
            if (op.centered()) {
                int mean = op.states() - 1;
                Row.TOWARDS.map(n, g, s.states[mean], s.nextStates[mean], c[3], 0);
                Row.SUBTRACT_SQUARE.map(n, variance, s.nextStates[mean], s.other, 0, 0);
                variance = s.other;
            }
            Row.DIVIDE_ROOT.map(n, g, variance, s.other, c[4], 0);
            long direction = s.other;
            if (op.momentum()) {
                Row.DECAY.map(n, direction, s.states[1], s.nextStates[1], c[5], 1);
                direction = s.nextStates[1];
            }
            Row.ADD_SCALED.map(n, s.parameter, direction, s.next, c[0], 0);
        };
    }

    private static Chunk adagrad(AdagradStep op) {
        return (n, s, c) -> {
            long g = gradient(n, s, op.maximize(), op.decay(), c[1]);
            Row.ADD_SQUARE.map(n, s.states[0], g, s.nextStates[0], 0, 0);
            Row.DIVIDE_ROOT.map(n, g, s.nextStates[0], s.other, c[2], 0);
            Row.ADD_SCALED.map(n, s.parameter, s.other, s.next, c[0], 0);
        };
    }
}
