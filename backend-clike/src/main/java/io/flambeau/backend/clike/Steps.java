package io.flambeau.backend.clike;

import io.flambeau.tensor.op.step.AdagradStep;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.RmsPropStep;
import io.flambeau.tensor.op.step.SgdStep;
import io.flambeau.tensor.op.step.Step;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The steps of optimizers by {@code step.cl}: one launch for all parameters. Where a buffer is more than an address, one
 * for all whose operands lie in the same buffers: few, since slabs hold many tensors.
 */
final class Steps {
    private static final int ADAM = 0;
    private static final int SGD = 1;
    private static final int RMS_PROP = 2;
    private static final int ADAGRAD = 3;

    /** As in {@code step.cl}. */
    private static final int CHUNK = 1024;

    private static final int ROLES = 5;

    private Steps() {}

    static Kernel of(Step step, Function<View, Station> at) {
        return switch (step) {
            case AdamStep s -> kernel(s, ADAM, flags(s.maximize(), s.decay(), s.decoupled(), s.amsgrad()), at);
            case SgdStep s -> kernel(s, SGD, flags(s.maximize(), s.decay(), s.momentum(), s.first(), s.nesterov()), at);
            case RmsPropStep s -> kernel(s, RMS_PROP, flags(s.maximize(), s.decay(), s.momentum(), s.centered()), at);
            case AdagradStep s -> kernel(s, ADAGRAD, flags(s.maximize(), s.decay()), at);
        };
    }

    private static int flags(boolean... each) {
        int flags = 0;
        for (int i = 0; i < each.length; i++) {
            flags |= each[i] ? 1 << i : 0;
        }
        return flags;
    }

    /** See Note [Layout of a step] of {@link Step}. The kernel overwrites: what is elsewhere is copied first. */
    private static Kernel kernel(Step op, int index, int flags, Function<View, Station> at) {
        return (in, out) -> {
            Station s = at.apply(out[0]);
            Dense.run(s, out, to -> {
                int n = op.parameters(in.length);
                for (int i = 0; i < to.length; i++) {
                    View from = i < n ? in[1 + i] : in[1 + n + i];
                    if (!to[i].same(from)) {
                        s.copy(from, to[i]);
                    }
                }
                Map<List<Memory>, List<View[]>> groups = new LinkedHashMap<>();
                for (int p = 0; p < n; p++) {
                    View[] roles = new View[ROLES];
                    for (int role = 0; role < ROLES; role++) {
                        int state = Math.min(role - 1, op.states());
                        roles[role] = role == 1 ? in[1 + n + p] : role == 0 ? to[p] : to[state * n + p];
                    }
                    groups.computeIfAbsent(s.isFlat() ? List.of() : buffers(roles), key -> new ArrayList<>())
                            .add(roles);
                }
                Program.Kernel function = s.kernel(Bundle.STEP, Kind.of(out[0].dtype()), index);
                groups.values().forEach(group -> launch(s, function, in[0], group, flags));
            });
        };
    }

    private static List<Memory> buffers(View[] roles) {
        return Arrays.stream(roles).map(Fused::memory).toList();
    }

    private static void launch(Station s, Program.Kernel kernel, View coefficients, List<View[]> group, int flags) {
        View[] bases = group.getFirst();
        long[] table = new long[group.size() * (2 + ROLES)];
        long chunks = 0;
        int at = 0;
        for (View[] roles : group) {
            long count = roles[0].shape().count();
            table[at++] = chunks;
            table[at++] = count;
            for (int role = 0; role < ROLES; role++) {
                long between = Fused.memory(roles[role]).pointer()
                        - Fused.memory(bases[role]).pointer();
                table[at++] = Nest.offset(roles[role])
                        + (s.isFlat() ? between / roles[role].dtype().bytes() : 0);
            }
            chunks += (count + CHUNK - 1) / CHUNK;
        }
        synchronized (s) {
            Memory scratch = s.scratch(MemorySegment.ofArray(table));
            Arguments a = Fused.add(Arguments.begin(), coefficients);
            for (View base : bases) {
                a.buffer(Fused.memory(base));
            }
            a.buffer(scratch)
                    .i32(group.size())
                    .i64(chunks)
                    .i32(flags)
                    .i32(bases[0].dtype().ordinal());
            s.groups(kernel, chunks, s.info.local(), a);
        }
    }
}
