package io.flambeau.backend.cpu.internal.host;

import static io.flambeau.backend.cpu.internal.Octets.BYTES;
import static io.flambeau.backend.cpu.internal.Octets.LANES;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.linalg.Cholesky;
import io.flambeau.tensor.op.linalg.LuFactor;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
import io.flambeau.tensor.op.linalg.TriangularSolve;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Factorisations and solutions of many small real matrices in F64, eight at a time; see {@link
 * io.flambeau.backend.cpu.internal.Octets}. If a matrix of the batch has no factors, the definition says which.
 */
final class Octaves {
    /** Fewer matrices leave most lanes empty. */
    private static final int FEW = 4;
    /** The order from which matrices are large enough by themselves. */
    private static final int LARGE = 96;
    /** Elements that a thread takes at a time. */
    private static final int GRAIN = 16 * 1024;

    private Octaves() {}

    /** What becomes of the {@code count} matrices from {@code first} on: false, if one has no factors. */
    @FunctionalInterface
    private interface Group {
        boolean run(View[] in, View[] out, int first, int count);
    }

    static @Nullable Kernel of(HostOp op, Spec[] in) {
        Shape shape = in[0].shape();
        int rank = shape.rank();
        Shape batch = shape.range(0, rank - 2);
        if (batch.count() < FEW || shape.size(rank - 1) >= LARGE || shape.size(rank - 2) >= LARGE) {
            return null;
        }
        for (Spec spec : in) {
            if (spec.dtype() != in[0].dtype() || spec.dtype() != DType.F32 && spec.dtype() != DType.F64) {
                return null;
            }
        }
        int count = Math.toIntExact(batch.count());
        int m = Math.toIntExact(shape.size(rank - 2));
        int n = Math.toIntExact(shape.size(rank - 1));
        int r = in.length > 1 ? Math.toIntExact(in[1].shape().size(-1)) : 0;
        int together = Math.max(1, GRAIN / (LANES * m * (n + r)));
        return switch (op) {
            case Cholesky c
            when !c.upper() ->
                kernel(op, count, together, (from, to, first, lanes) -> cholesky(n, from, to, first, lanes));
            case LuFactor l
            when l.pivot() -> kernel(op, count, together, (from, to, first, lanes) -> lu(m, n, from, to, first, lanes));
            case Qr q -> {
                int columns = q.complete() ? m : Math.min(m, n);
                yield kernel(
                        op, count, together, (from, to, first, lanes) -> qr(columns, m, n, from, to, first, lanes));
            }
            case Solve _ ->
                kernel(op, count, together, (from, to, first, lanes) -> solve(n, r, from, to, first, lanes));
            case TriangularSolve t ->
                kernel(op, count, together, (from, to, first, lanes) -> {
                    triangular(t.upper(), t.unit(), n, r, from, to, first, lanes);
                    return true;
                });
            default -> null;
        };
    }

    private static Kernel kernel(HostOp op, int count, int together, Group group) {
        int groups = (count + LANES - 1) / LANES;
        return (in, out) -> {
            AtomicBoolean complete = new AtomicBoolean(true);
            Workers.run((groups + together - 1) / together, part -> {
                for (int g = part * together; g < Math.min(groups, (part + 1) * together) && complete.get(); g++) {
                    int first = g * LANES;
                    if (!group.run(in, out, first, Math.min(LANES, count - first))) {
                        complete.set(false);
                    }
                }
            });
            if (!complete.get()) {
                HostArray[] results = Batches.whole(op, in);
                for (int i = 0; i < out.length; i++) {
                    Values.write(results[i], out[i].address());
                }
            }
        };
    }

    private static long work(long octets) {
        return Scratch.get(Scratch.COLUMNS, octets * BYTES);
    }

    private static void fine(View infos, int first, int count) {
        Mem.zero(infos.address() + 4L * first, 4L * count);
    }

    private static boolean cholesky(int n, View[] in, View[] out, int first, int count) {
        Eight a = new Eight(work((long) n * n + n + 1), n, n);
        a.load(in[0], first, count);
        if (!EightFactors.cholesky(a, count, a.at(n, 0))) {
            return false;
        }
        a.store(out[0], first, count);
        fine(out[1], first, count);
        return true;
    }

    private static boolean lu(int m, int n, View[] in, View[] out, int first, int count) {
        Eight a = new Eight(work((long) m * n), m, n);
        a.load(in[0], first, count);
        long pitch = 4L * Math.min(m, n);
        if (!EightFactors.lu(a, count, out[1].address() + first * pitch, pitch)) {
            return false;
        }
        a.store(out[0], first, count);
        fine(out[2], first, count);
        return true;
    }

    private static boolean qr(int columns, int m, int n, View[] in, View[] out, int first, int count) {
        long matrices = (long) m * (n + columns);
        Eight a = new Eight(work(matrices + EightReflections.work(m, n, columns)), m, n);
        Eight q = new Eight(a.at(m, 0), m, columns);
        a.load(in[0], first, count);
        EightReflections reflections = new EightReflections(a, q.at(m, 0));
        if (!reflections.factor(count)) {
            return false;
        }
        reflections.q(q);
        q.store(out[0], first, count);
        reflections.clear();
        new Eight(a.address(), columns, n).store(out[1], first, count);
        return true;
    }

    private static boolean solve(int n, int r, View[] in, View[] out, int first, int count) {
        Eight a = new Eight(work((long) n * (n + r + 1)), n, n);
        Eight b = new Eight(a.at(n, 0), n, r);
        long pivots = b.at(n, 0);
        long pitch = 4L * n;
        a.load(in[0], first, count);
        b.load(in[1], first, count);
        if (!EightFactors.lu(a, count, pivots, pitch)) {
            return false;
        }
        EightFactors.exchange(b, count, pivots, pitch);
        EightFactors.solve(a, false, true, b);
        EightFactors.solve(a, true, false, b);
        b.store(out[0], first, count);
        fine(out[1], first, count);
        return true;
    }

    private static void triangular(
            boolean upper, boolean unit, int n, int r, View[] in, View[] out, int first, int count) {
        Eight a = new Eight(work((long) n * (n + r)), n, n);
        Eight b = new Eight(a.at(n, 0), n, r);
        a.load(in[0], first, count);
        b.load(in[1], first, count);
        EightFactors.solve(a, upper, unit, b);
        b.store(out[0], first, count);
    }
}
