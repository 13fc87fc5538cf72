package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Move;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.linalg.Cholesky;
import io.flambeau.tensor.op.linalg.Eigh;
import io.flambeau.tensor.op.linalg.LuFactor;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
import io.flambeau.tensor.op.linalg.Spectrum;
import io.flambeau.tensor.op.linalg.Svd;
import io.flambeau.tensor.op.linalg.TriangularSolve;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Factorisations and solutions of large real matrices, in F64 by halves and by blocks (see {@link Bisection},
 * {@link Reflections}, {@link Eigenvalues} and {@link SingularValues}). A matrix that has no factors is left to the
 * definition, which says what is wrong with it.
 */
final class Blocked {
    /** The order from which halving pays. */
    private static final int LEAST = 96;

    private Blocked() {}

    /** What becomes of one matrix: false, if it has no factors. */
    @FunctionalInterface
    private interface One {
        boolean run(View[] in, View[] out, int b);
    }

    static @Nullable Kernel of(HostOp op, Spec[] in) {
        Shape shape = in[0].shape();
        int rank = shape.rank();
        int m = Math.toIntExact(shape.size(rank - 2));
        int n = Math.toIntExact(shape.size(rank - 1));
        boolean real = true;
        for (Spec spec : in) {
            real &= spec.dtype() == in[0].dtype() && (spec.dtype() == DType.F32 || spec.dtype() == DType.F64);
        }
        int least = op instanceof Eigh || op instanceof Svd || op instanceof Spectrum ? Spectral.LEAST : LEAST;
        if (!real || Math.min(m, n) < least) {
            return null;
        }
        int count = Math.toIntExact(shape.range(0, rank - 2).count());
        return switch (op) {
            case Eigh e -> {
                Eigenvalues values = new Eigenvalues(e.upper(), n);
                yield kernel(op, count, (from, to, b) -> values.run(from[0], to[0], to[1], b));
            }
            case Svd s -> singular(op, count, SingularValues.of(m, n, s.full()), true);
            case Spectrum s -> spectrum(s, count, m, n);
            case Cholesky c -> kernel(op, count, (from, to, b) -> cholesky(c.upper(), n, from, to, b));
            case LuFactor l when l.pivot() -> kernel(op, count, (from, to, b) -> lu(m, n, from, to, b));
            case Qr q -> kernel(op, count, (from, to, b) -> qr(q.complete() ? m : Math.min(m, n), m, n, from, to, b));
            case Solve _ -> kernel(op, count, (from, to, b) -> solve(n, columns(in[1]), from, to, b));
            case TriangularSolve t ->
                kernel(op, count, (from, to, b) -> triangular(t.upper(), t.unit(), n, columns(in[1]), from, to, b));
            default -> null;
        };
    }

    private static @Nullable Kernel singular(HostOp op, int count, SingularValues values, boolean vectors) {
        if (values.factorsFirst()) {
            return null;
        }
        return kernel(
                op,
                count,
                (from, to, b) -> values.run(
                        from[0],
                        vectors
                                ? new SingularValues.Results(to[0], to[1], to[2])
                                : new SingularValues.Results(null, to[0], null),
                        b));
    }

    private static @Nullable Kernel spectrum(Spectrum op, int count, int m, int n) {
        return switch (op) {
            case SVDVALS -> singular(op, count, SingularValues.of(m, n, false), false);
            case EIGVALSH, EIGVALSH_UPPER -> {
                Eigenvalues values = new Eigenvalues(op == Spectrum.EIGVALSH_UPPER, n);
                yield kernel(op, count, (from, to, b) -> values.run(from[0], to[0], null, b));
            }
            case EIGVALS -> null;
        };
    }

    private static int columns(Spec b) {
        return Math.toIntExact(b.shape().size(-1));
    }

    private static Kernel kernel(HostOp op, int count, One one) {
        return (in, out) -> {
            AtomicBoolean complete = new AtomicBoolean(true);
            Workers.run(count, b -> {
                if (complete.get() && !one.run(in, out, b)) {
                    complete.set(false);
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

    private static boolean cholesky(boolean upper, int n, View[] in, View[] out, int b) {
        long a = Scratch.get(Scratch.COLUMNS, 8L * n * n);
        load(in[0], b, n, n, a);
        if (upper) {
            transpose(n, a);
        }
        if (!Bisection.cholesky(a, n, n)) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                Mem.f64(a + 8L * (i * n + j), 0);
            }
        }
        if (upper) {
            transpose(n, a);
        }
        store(a, out[0], b, n, n);
        Mem.i32(out[1].address() + 4L * b, 0);
        return true;
    }

    private static boolean lu(int m, int n, View[] in, View[] out, int b) {
        long a = Scratch.get(Scratch.COLUMNS, 8L * m * n);
        load(in[0], b, m, n, a);
        int k = Math.min(m, n);
        if (!new Bisection.Lu(a, m, n, out[1].address() + 4L * b * k).factor()) {
            return false;
        }
        store(a, out[0], b, m, n);
        Mem.i32(out[2].address() + 4L * b, 0);
        return true;
    }

    private static boolean qr(int columns, int m, int n, View[] in, View[] out, int b) {
        long a = Scratch.get(Scratch.COLUMNS, 8 * ((long) m * (n + columns) + Reflections.work(m, n, columns)));
        long q = a + 8L * m * n;
        load(in[0], b, m, n, a);
        Reflections reflections = new Reflections(a, m, n, q + 8L * m * columns);
        if (!reflections.factor()) {
            return false;
        }
        reflections.q(q, columns);
        store(q, out[0], b, m, columns);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < Math.min(i, n); j++) {
                Mem.f64(a + 8L * (i * n + j), 0);
            }
        }
        store(a, out[1], b, columns, n);
        return true;
    }

    private static boolean solve(int n, int r, View[] in, View[] out, int b) {
        long a = Scratch.get(Scratch.COLUMNS, 8L * n * (n + r + 1));
        long x = a + 8L * n * n;
        long pivots = x + 8L * n * r;
        load(in[0], b, n, n, a);
        load(in[1], b, n, r, x);
        if (!new Bisection.Lu(a, n, n, pivots).factor()) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            Bisection.exchange(x, r, i, Mem.i32(pivots + 4L * i) - 1);
        }
        Bisection.solveLower(a, n, n, true, x, r, r);
        Bisection.solveUpper(a, n, n, false, x, r, r);
        store(x, out[0], b, n, r);
        Mem.i32(out[1].address() + 4L * b, 0);
        return true;
    }

    private static boolean triangular(boolean upper, boolean unit, int n, int r, View[] in, View[] out, int b) {
        long a = Scratch.get(Scratch.COLUMNS, 8L * n * (n + r));
        long x = a + 8L * n * n;
        load(in[0], b, n, n, a);
        load(in[1], b, n, r, x);
        if (upper) {
            Bisection.solveUpper(a, n, n, unit, x, r, r);
        } else {
            Bisection.solveLower(a, n, n, unit, x, r, r);
        }
        store(x, out[0], b, n, r);
        return true;
    }

    private static void load(View from, int b, int rows, int columns, long to) {
        int count = rows * columns;
        int bytes = from.dtype().bytes();
        Move move = Move.of(Element.of(from.dtype()), Element.F64);
        move.run(count, from.address() + (long) b * count * bytes, bytes, to, 8);
    }

    private static void store(long from, View to, int b, int rows, int columns) {
        int count = rows * columns;
        int bytes = to.dtype().bytes();
        Move move = Move.of(Element.F64, Element.of(to.dtype()));
        move.run(count, from, 8, to.address() + (long) b * count * bytes, bytes);
    }

    private static void transpose(int n, long a) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                long x = a + 8L * (i * n + j);
                long y = a + 8L * (j * n + i);
                double t = Mem.f64(x);
                Mem.f64(x, Mem.f64(y));
                Mem.f64(y, t);
            }
        }
    }
}
