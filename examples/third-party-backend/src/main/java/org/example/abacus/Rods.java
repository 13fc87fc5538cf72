package org.example.abacus;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import java.util.Arrays;
import java.util.Comparator;

/** What is done along axes. Sums are formed in double or 64 bits and rounded once. */
final class Rods {
    private Rods() {}

    /** For each element of {@code all} in row-major order, which element of {@code fewer} it falls into. */
    static int[] groups(Shape all, Shape fewer) {
        long[] strides = fewer.contiguousStrides().clone();
        for (int axis = 0; axis < strides.length; axis++) {
            if (fewer.size(axis) == 1) {
                strides[axis] = 0;
            }
        }
        return Beads.places(all, strides, 0);
    }

    static void reduce(Reduce.Kind kind, Beads x, int[] group, Beads out) {
        switch (kind) {
            case ANY, ALL -> {
                boolean[] met = new boolean[out.count()];
                for (int i = 0; i < group.length; i++) {
                    met[group[i]] |= (x.real(i) != 0) == (kind == Reduce.Kind.ANY);
                }
                out.each((to, i) -> to.set(i, met[i] == (kind == Reduce.Kind.ANY) ? 1L : 0L));
            }
            default -> {
                long[] whole = new long[out.count()];
                double[] real = new double[out.count()];
                Arrays.fill(
                        whole,
                        switch (kind) {
                            case SUM -> 0;
                            case PROD -> 1;
                            case MAX -> Long.MIN_VALUE;
                            default -> Long.MAX_VALUE;
                        });
                Arrays.fill(
                        real,
                        switch (kind) {
                            case SUM -> 0;
                            case PROD -> 1;
                            case MAX -> Double.NEGATIVE_INFINITY;
                            default -> Double.POSITIVE_INFINITY;
                        });
                for (int i = 0; i < group.length; i++) {
                    int g = group[i];
                    if (x.isWhole()) {
                        whole[g] = combined(kind, whole[g], x.whole(i));
                    } else {
                        real[g] = combined(kind, real[g], x.real(i));
                    }
                }
                out.fill(x, i -> whole[i], i -> real[i]);
            }
        }
    }

    private static long combined(Reduce.Kind kind, long a, long b) {
        return switch (kind) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MAX -> Math.max(a, b);
            default -> Math.min(a, b);
        };
    }

    private static double combined(Reduce.Kind kind, double a, double b) {
        return switch (kind) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MAX -> Math.max(a, b);
            default -> Math.min(a, b);
        };
    }

    static void argReduce(ArgReduce op, Shape shape, Beads x, Beads out) {
        int[] group = groups(shape, shape.with(op.axis(), 1));
        int[] best = new int[out.count()];
        Arrays.fill(best, -1);
        for (int i = 0; i < group.length; i++) {
            int leader = best[group[i]];
            if (leader < 0 || order(op.max(), x, i, leader) > 0) {
                best[group[i]] = i;
            }
        }
        out.each((to, i) -> to.set(i, along(shape, op.axis(), best[i])));
    }

    /** Positive if element i is more extreme than element j, 0 if they are alike; nothing beats NaN. */
    private static int order(boolean max, Beads x, int i, int j) {
        int order = x.isWhole() ? Long.compare(x.whole(i), x.whole(j)) : compare(x.real(i), x.real(j));
        boolean nan = !x.isWhole() && (Double.isNaN(x.real(i)) || Double.isNaN(x.real(j)));
        return max || nan ? order : -order;
    }

    /** NaN is the greatest, both zeros are equal. */
    private static int compare(double a, double b) {
        return a == b ? 0 : Double.compare(a, b);
    }

    /** Where along an axis an element lies. */
    private static long along(Shape shape, int axis, long i) {
        return i / shape.contiguousStrides()[axis] % shape.size(axis);
    }

    static void scan(Scan op, Shape shape, Beads x, Beads[] out) {
        int[] group = groups(shape, shape.with(op.axis(), 1));
        int groups = Math.toIntExact(shape.with(op.axis(), 1).count());
        boolean sum = op.kind() == Scan.Kind.SUM;
        long[] whole = new long[groups];
        double[] real = new double[groups];
        int[] best = new int[groups];
        Arrays.fill(whole, sum ? 0 : 1);
        Arrays.fill(real, sum ? 0 : 1);
        Arrays.fill(best, -1);
        for (int i = 0; i < group.length; i++) {
            int g = group[i];
            switch (op.kind()) {
                case SUM, PROD -> {
                    if (x.isWhole()) {
                        whole[g] = sum ? whole[g] + x.whole(i) : whole[g] * x.whole(i);
                        out[0].set(i, whole[g]);
                    } else {
                        real[g] = sum ? real[g] + x.real(i) : real[g] * x.real(i);
                        out[0].set(i, real[g]);
                    }
                }
                case MAX, MIN -> {
                    if (best[g] < 0 || order(op.kind() == Scan.Kind.MAX, x, i, best[g]) >= 0) {
                        best[g] = i;
                    }
                    out[0].copy(i, x, best[g]);
                    out[1].set(i, along(shape, op.axis(), best[g]));
                }
            }
        }
    }

    static void matmul(Shape left, Beads x, Beads y, Beads out) {
        int rows = (int) left.size(1);
        int inner = (int) left.size(2);
        int columns = out.count() / Math.max((int) left.size(0) * rows, 1);
        out.fill(
                x,
                i -> {
                    long sum = 0;
                    for (int k = 0; k < inner; k++) {
                        sum += x.whole(i / columns * inner + k) * y.whole(below(i, rows, inner, columns) + k * columns);
                    }
                    return sum;
                },
                i -> {
                    double sum = 0;
                    for (int k = 0; k < inner; k++) {
                        sum += x.real(i / columns * inner + k) * y.real(below(i, rows, inner, columns) + k * columns);
                    }
                    return sum;
                });
    }

    /** The first element of the column that output i needs. */
    private static int below(int i, int rows, int inner, int columns) {
        return i / columns / rows * inner * columns + i % columns;
    }

    /** The elements of {@code shape} that an index names, in the index's row-major order. */
    static int[] picked(String operation, Beads index, Shape from, Shape shape, int axis) {
        long[] strides = shape.contiguousStrides().clone();
        long step = strides[axis];
        strides[axis] = 0;
        int[] picked = Beads.places(from, strides, 0);
        for (int i = 0; i < picked.length; i++) {
            long at = index.whole(i);
            if (at < 0 || at >= shape.size(axis)) {
                throw Laws.outside(operation, at, shape.size(axis));
            }
            picked[i] += (int) (at * step);
        }
        return picked;
    }

    static void scatter(Scatter.Kind kind, int[] picked, Beads source, Beads out) {
        for (int i = 0; i < picked.length; i++) {
            int to = picked[i];
            switch (kind) {
                case SET -> out.copy(to, source, i);
                case ADD -> combine(Reduce.Kind.SUM, source, i, out, to);
                case MUL -> combine(Reduce.Kind.PROD, source, i, out, to);
                case MAX -> combine(Reduce.Kind.MAX, source, i, out, to);
                case MIN -> combine(Reduce.Kind.MIN, source, i, out, to);
            }
        }
    }

    private static void combine(Reduce.Kind kind, Beads source, int i, Beads out, int to) {
        if (out.isWhole()) {
            out.set(to, combined(kind, out.whole(to), source.whole(i)));
        } else {
            out.set(to, combined(kind, out.real(to), source.real(i)));
        }
    }

    static void sort(boolean descending, Beads x, long n, Beads values, Beads indices) {
        Comparator<Integer> order = (i, j) -> order(true, x, i, j);
        for (int first = 0; first < x.count(); first += (int) n) {
            Integer[] row = new Integer[(int) n];
            for (int i = 0; i < n; i++) {
                row[i] = first + i;
            }
            Arrays.sort(row, descending ? order.reversed() : order);
            for (int i = 0; i < n; i++) {
                values.copy(first + i, x, row[i]);
                indices.set(first + i, row[i] - first);
            }
        }
    }
}
